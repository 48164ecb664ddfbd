package dev.lanewise.core.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no good file says so, with the sizes. */
class NpyMalformedTest {
    private static final String HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    private static final byte[] GOOD = file(1, HEADER, 24);

    @Test
    void theGoodFileIsGood() throws IOException {
        assertArrayEquals(new int[] {2, 3}, read(GOOD).shape());
    }

    @Test
    void otherFiles() {
        assertRefused("not a .npy file, only 0 bytes long", new byte[0]);
        assertRefused("not a .npy file, it does not begin with \\x93NUMPY",
                "x,y\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherVersions() {
        assertRefused("unsupported .npy version 4.0, expected 1.0, 2.0 or 3.0", file(4, HEADER, 24));
        byte[] minor = GOOD.clone();
        minor[7] = 1;
        assertRefused("unsupported .npy version 1.1, expected 1.0, 2.0 or 3.0", minor);
    }

    @Test
    void truncation() {
        assertRefused("not a .npy file, only 9 bytes long", Arrays.copyOf(GOOD, 9));
        assertRefused("truncated header: its length is 59 bytes, but only 0 are there", Arrays.copyOf(GOOD, 10));
        assertRefused("truncated header: its length is 59 bytes, but only 58 are there", Arrays.copyOf(GOOD, 68));
        assertRefused("truncated header: the file is only 11 bytes long", Arrays.copyOf(file(2, HEADER, 24), 11));
        assertRefused("truncated header: its length is 59 bytes, but only 0 are there",
                Arrays.copyOf(file(2, HEADER, 24), 12));
        assertRefused("truncated data: float32[2, 3] needs 24 bytes, but 0 follow the header", Arrays.copyOf(GOOD, 69));
        assertRefused("truncated data: float32[2, 3] needs 24 bytes, but 23 follow the header",
                Arrays.copyOf(GOOD, GOOD.length - 1));
    }

    @Test
    void trailingBytes() {
        assertRefused("bytes behind the data: float32[2, 3] needs 24 bytes, but 25 follow the header",
                Arrays.copyOf(GOOD, GOOD.length + 1));
    }

    /** Refused by its size alone: nothing near 3 GB is allocated. */
    @Test
    void hugeShapesInSmallFiles() {
        assertRefused("truncated data: float32[3, 250000000] needs 3000000000 bytes, but 1000 follow the header",
                file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 250000000), }", 1000));
        assertRefused("shape [65536, 65536] has more than 2147483647 elements",
                file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (65536, 65536), }", 1000));
        assertRefused("shape [2147483647, 2147483647, 2147483647] has more than 2147483647 elements",
                file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }",
                        1000));
        assertRefused("size 2147483648 in the .npy header's shape is more than 2147483647",
                file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2147483648,), }", 1000));
    }

    @Test
    void hugeHeaders() {
        byte[] claimed = file(2, HEADER, 24);
        ByteBuffer.wrap(claimed).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        assertRefused("truncated header: its length is 4294967295 bytes, but only 83 are there", claimed);
        assertRefused("too long a header: its length is 2000059 bytes, at most 1048576 are read",
                file(3, HEADER + " ".repeat(2_000_000), 24));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "<f2 ; unsupported dtype float16 '<f2'",
        "<f16 ; unsupported dtype longdouble '<f16'",
        "<c8 ; unsupported dtype complex64 '<c8'",
        "<c16 ; unsupported dtype complex128 '<c16'",
        "<i2 ; unsupported dtype int16 '<i2'",
        "<u2 ; unsupported dtype uint16 '<u2'",
        "<u4 ; unsupported dtype uint32 '<u4'",
        "<u8 ; unsupported dtype uint64 '<u8'",
        "|O ; unsupported dtype object '|O'",
        "<U5 ; unsupported dtype str '<U5'",
        "|S3 ; unsupported dtype bytes '|S3'",
        "|V8 ; unsupported dtype void '|V8'",
        "<M8[ns] ; unsupported dtype datetime64 '<M8[ns]'",
        "<m8[s] ; unsupported dtype timedelta64 '<m8[s]'",
        "|f4 ; unsupported dtype '|f4'",
        "=f4 ; unsupported dtype '=f4'",
        "f4 ; unsupported dtype 'f4'",
        "float32 ; unsupported dtype 'float32'"}, quoteCharacter = '`')
    void otherTypes(String descr, String message) {
        assertRefused(message
                + ", expected float64 '<f8', float32 '<f4', int64 '<i8', int32 '<i4', int8 '|i1', uint8 '|u1' or bool '|b1'",
                file(1, HEADER.replace("<f4", descr), 24));
    }

    @Test
    void bigEndian() {
        assertRefused("big-endian float32 ('>f4') is not supported, expected '<f4'",
                file(1, HEADER.replace("<f4", ">f4"), 24));
        assertRefused("big-endian int64 ('>i8') is not supported, expected '<i8'",
                file(1, HEADER.replace("<f4", ">i8"), 48));
    }

    @Test
    void structuredTypes() {
        assertRefused("structured dtypes are not supported, one plain type was expected",
                file(1, HEADER.replace("'<f4'", "[('a', '<f4'), ('b', '<i4')]"), 48));
    }

    private static void assertRefused(String message, byte[] bytes) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> read(bytes)).getMessage());
    }

    private static Tensor read(byte[] bytes) throws IOException {
        return Npy.read(new ByteArrayInputStream(bytes));
    }

    private static byte[] file(int version, String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer start = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            start.putShort((short) text.length);
        } else {
            start.putInt(text.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(start.array(), 0, start.position());
        out.writeBytes(text);
        out.writeBytes(new byte[dataBytes]);
        return out.toByteArray();
    }
}
