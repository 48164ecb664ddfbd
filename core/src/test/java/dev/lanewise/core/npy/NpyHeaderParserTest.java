package dev.lanewise.core.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderParserTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }   \n",
        "{'shape': (2, 3), 'fortran_order': True, 'descr': '<i4'}",
        "{\"fortran_order\": True, \"descr\": \"<i4\", \"shape\": (2, 3,)}",
        " {'descr':'<i4','shape':(2,3),'fortran_order':True}\n",
        "{\n'descr' : '<i4' ,\t'shape' : ( 2 , 3 ) , 'fortran_order' : True , }"})
    void readsAnyWayOfWritingIt(String text) {
        NpyHeader header = NpyHeaderParser.parse(text);

        assertEquals(DType.INT32, header.dtype());
        assertTrue(header.fortranOrder());
        assertArrayEquals(new int[] {2, 3}, header.shape());
    }

    @Test
    void readsShortShapes() {
        assertArrayEquals(new int[] {}, shape("()"));
        assertArrayEquals(new int[] {0}, shape("(0,)"));
        assertArrayEquals(new int[] {2147483647}, shape("(2147483647,)"));
        assertArrayEquals(new int[] {9, 10, 19, 80}, shape("(9, 10, 19, 80)"));
    }

    private static int[] shape(String tuple) {
        return NpyHeaderParser.parse("{'descr': '|b1', 'fortran_order': False, 'shape': " + tuple + "}").shape();
    }

    @ParameterizedTest
    @ValueSource(strings = {"|i1", "<i1"})
    void bytesHaveNoOrder(String descr) {
        assertEquals(DType.INT8,
                NpyHeaderParser.parse("{'descr': '" + descr + "', 'fortran_order': False, 'shape': ()}").dtype());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "``                                                             ; no '{' at character 0",
        "{                                                              ; no string for a key at character 1",
        "{}                                                             ; no key 'descr' at character 2",
        "{'descr': '<f4'}                                               ; no key 'fortran_order' at character 16",
        "{'descr': '<f4', 'fortran_order': False}                       ; no key 'shape' at character 40",
        "{'descr': '<f4', 'descr': '<f4', 'shape': ()}                  ; the key 'descr' twice at character 25",
        "{'shape': (1,), 'shape': (1,), 'descr': '<f4'}                 ; the key 'shape' twice at character 24",
        "{'descr': '<f4', 'order': 'C'}                                 ; the unknown key 'order' at character 25",
        "{'descr' '<f4'}                                                ; no ':' at character 9",
        "{'descr': '<f4' 'shape': ()}                                   ; no '}' at character 16",
        "{, 'descr': '<f4'}                                             ; no string for a key at character 1",
        "{'descr': None, }                                              ; no string for a dtype at character 10",
        "{'descr': '<f4                                                 ; a string without an end at character 10",
        "{'descr': '<f4\"                                               ; a string without an end at character 10",
        "{'descr': '<f\\x34'}                                           ; an escape or control character in a string at character 10",
        "{'fortran_order': 0}                                           ; no True or False for 'fortran_order' at character 18",
        "{'fortran_order': Falsehood}                                   ; no '}' at character 23",
        "{'shape': 3}                                                   ; no '(' at character 10",
        "{'shape': [3]}                                                 ; no '(' at character 10",
        "{'shape': (3)}                                                 ; no tuple for 'shape' at character 13",
        "{'shape': (3 4)}                                               ; no ',' or ')' in 'shape' at character 13",
        "{'shape': (,)}                                                 ; no size in 'shape' at character 11",
        "{'shape': (3,,4)}                                              ; no size in 'shape' at character 13",
        "{'shape': (2.0, 3)}                                            ; no ',' or ')' in 'shape' at character 12",
        "{'shape': (007,)}                                              ; no size in 'shape' at character 14",
        "{'shape': (1_000,)}                                            ; no ',' or ')' in 'shape' at character 12",
        "{'shape': (-,)}                                                ; no size in 'shape' at character 12",
        "{'shape': (3,                                                  ; no size in 'shape' at character 13",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} # hello  ; something behind the dictionary at character 54",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()}}         ; something behind the dictionary at character 53"})
    void refusesWhatIsNoHeader(String text, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> NpyHeaderParser.parse(text));

        assertEquals("malformed .npy header, " + message + ": " + text, e.getMessage());
    }

    @Test
    void refusesNegativeSizes() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> shape("(2, -3)"));

        assertEquals("negative size -3 in the .npy header's shape", e.getMessage());
    }

    @Test
    void showsNoControlCharactersAndNoEndlessText() {
        String text = "{\u0007\u001b[31m" + "x".repeat(1000);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> NpyHeaderParser.parse(text));

        assertEquals("malformed .npy header, no string for a key at character 1: {??[31m" + "x".repeat(113) + "...",
                e.getMessage());
    }
}
