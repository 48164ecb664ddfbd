package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the definition, pixel by pixel: every second one, and 0 outside the rows; nothing else is written. */
class FloatEvenColumnsTest {
    private static final float AROUND = -1;
    private static final int BEFORE = 5;
    /** More than a vector. */
    private static final int BEHIND = 20;

    @Test
    void takesEverySecondPixelOfAllRows() {
        for (int input = 1; input <= 40; input++) {
            for (int start = -4; start <= 3; start++) {
                for (int width : new int[] {1, 2, 3, 4, 7, 8, 9, 16, 17, input / 2 + 1}) {
                    for (int rows = 1; rows <= 5; rows++) {
                        assertCopies(input, width, start, rows);
                    }
                }
            }
        }
    }

    /** Three channels, of rows close together and further apart, in arrays that end with the last pixel and later. */
    private static void assertCopies(int input, int width, int start, int rows) {
        FloatEvenColumns columns = new FloatEvenColumns(input, width, start);
        for (int apart : new int[] {0, 3}) {
            for (int behind : new int[] {0, BEHIND}) {
                int pitch = input + apart;
                int channel = rows * pitch + apart;
                float[] x = new float[BEFORE + 3 * channel - apart - apart + behind];
                for (int i = 0; i < x.length; i++) {
                    x[i] = i;
                }
                int toChannel = rows * width + 2;
                float[] to = new float[BEFORE + 3 * toChannel + BEHIND];
                Arrays.fill(to, AROUND);
                float[] expected = to.clone();
                for (int c = 0; c < 3; c++) {
                    for (int u = 0; u < rows; u++) {
                        for (int q = 0; q < width; q++) {
                            int source = start + 2 * q;
                            expected[BEFORE + c * toChannel + u * width + q] = source < 0 || source >= input
                                    ? 0
                                    : x[BEFORE + c * channel + u * pitch + source];
                        }
                    }
                }
                columns.copy(x, BEFORE, pitch, channel, 3, rows, to, BEFORE, toChannel);
                assertEquals(Arrays.toString(expected), Arrays.toString(to), () -> rows + " rows of " + input
                        + " pixels, " + width + " from " + start + ", " + apart + " apart");
            }
        }
    }
}
