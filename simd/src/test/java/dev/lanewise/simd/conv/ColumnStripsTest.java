package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dAxis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnStripsTest {
    private static Conv2dAxis columns(int input, int stride, int before, int output) {
        return new Conv2dAxis(input, 3, stride, 1, before, 1, output);
    }

    @ParameterizedTest
    @CsvSource({"14, 14, 1, 16383", "15, 14, 2, 16383", "28, 14, 2, 16383", "29, 14, 3, 16383", "5, 14, 1, 31",
        "1, 4, 1, 1"})
    void stripsCoverTheColumns(int output, int most, int count, long pixels) {
        ColumnStrips strips = new ColumnStrips(columns(output, 1, 1, output), most, 16);
        assertEquals(count, strips.count);
        assertEquals(pixels, strips.pixels);
        int width = Math.min(output, most);
        for (int i = 0; i < count; i++) {
            assertEquals(i == count - 1 ? output - width : i * width, strips.column(i));
            assertEquals(strips.column(i) - 1, strips.source(i));
        }
    }

    @Test
    void tapsMeetTheImageAtTheirStride() {
        ColumnStrips strips = new ColumnStrips(columns(40, 2, 3, 20), 7, 8);
        assertEquals(-3, strips.source(0));
        assertEquals(11, strips.source(1));
        assertEquals(23, strips.source(2));
    }

    @Test
    void masksTellWhichLanesArePixels() {
        ColumnStrips strips = new ColumnStrips(columns(10, 1, 1, 10), 8, 8);
        assertEquals(0b1111_1110, strips.inside(-1));
        assertEquals(0b1111_1111, strips.inside(0));
        assertEquals(0b1111_1111, strips.inside(2));
        assertEquals(0b0111_1111, strips.inside(3));
        assertEquals(0b0000_0001, strips.inside(9));
        assertEquals(0, strips.inside(10));
        assertEquals(0, strips.inside(-8));
        assertEquals(1L << 63, new ColumnStrips(columns(10, 1, 1, 10), 8, 64).inside(-63) & -1L << 63);
    }
}
