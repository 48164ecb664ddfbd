package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dAxis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strips cover the output columns, and their masks tell which lanes are pixels or met by no tap. */
class ColumnStripsTest {
    private static Conv2dAxis columns(int input, int stride, int before, int output) {
        return new Conv2dAxis(input, 3, stride, 1, before, 1, output);
    }

    /** Loads for a kernel of 3 columns. */
    private static StripLoads loads(int pixels, int... offsets) {
        return new StripLoads(TapLoads.SHARED, pixels, offsets, 3);
    }

    @ParameterizedTest
    @CsvSource({"14, 14, 1, 16383", "15, 14, 2, 16383", "28, 14, 2, 16383", "29, 14, 3, 16383", "5, 14, 1, 31",
        "1, 4, 1, 1"})
    void stripsCoverTheColumns(int output, int most, int count, long pixels) {
        ColumnStrips strips = new ColumnStrips(columns(output, 1, 1, output), loads(most, 0), 16);
        assertEquals(count, strips.count);
        assertEquals(pixels, strips.pixels);
        int width = Math.min(output, most);
        for (int i = 0; i < count; i++) {
            assertEquals(i == count - 1 ? output - width : i * width, strips.columns[i]);
            assertEquals(strips.columns[i] - 1, strips.source(i));
        }
    }

    @Test
    void tapsMeetTheImageAtTheirStride() {
        ColumnStrips strips = new ColumnStrips(columns(40, 2, 3, 20), loads(7, 0), 8);
        assertEquals(-3, strips.source(0));
        assertEquals(11, strips.source(1));
        assertEquals(23, strips.source(2));
    }

    @Test
    void lanesOutsideTheImageAreMasked() {
        // columns -1 to 6 and 2 to 9, then 3 to 10 and 6 to 13, of a row of 10; the taps of 6 outputs meet 8 of them
        ColumnStrips strips = new ColumnStrips(columns(10, 1, 1, 10), loads(6, 0, 3), 8);
        assertArrayEquals(new long[] {0b1111_1110, 0b1111_1111, 0b0111_1111, 0b1110_1111},
                strips.masks());
    }

    @Test
    void lanesThatNoTapMeetsAreNot() {
        // one strip of 4 outputs: its taps meet columns -1 to 4, in lanes 0 to 5
        assertArrayEquals(new long[] {0b1101_1110},
                new ColumnStrips(columns(4, 1, 1, 4), loads(6, 0), 8).masks());
    }

    @Test
    void atStrideTwoTheLastTapsMayBeInside() {
        // outputs 0 to 3 meet columns -1 to 7 of 8
        assertArrayEquals(new long[] {0b1111_1110, 0b1111_1111},
                new ColumnStrips(columns(8, 2, 1, 4), loads(4, 0, 8), 8).masks());
    }

    @Test
    void aVectorOf64LanesHasAMaskToo() {
        StripLoads loads = new StripLoads(TapLoads.SHARED, 62, new int[] {0}, 3);
        assertArrayEquals(new long[] {-2}, new ColumnStrips(columns(63, 1, 1, 62), loads, 64).masks());
    }
}
