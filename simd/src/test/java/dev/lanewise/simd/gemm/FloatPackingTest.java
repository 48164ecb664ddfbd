package dev.lanewise.simd.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packed matrices and tiles apart from C, element by element; what lies around them stays. */
class FloatPackingTest {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = FloatPackedB.NR;
    private static final float AROUND = -1;

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 1 + i;
        }
        return numbers;
    }

    private static float[] around(int count) {
        float[] array = new float[count];
        Arrays.fill(array, AROUND);
        return array;
    }

    // ---- A ----

    @ParameterizedTest
    @CsvSource({"1, 1, 4", "13, 300, 4", "14, 256, 7", "5, 257, 5", "29, 600, 14", "3, 0, 2"})
    void panelsOfA(int m, int k, int mr) {
        for (boolean transposed : new boolean[] {false, true}) {
            int rowStride = transposed ? 1 : k + 1;
            int columnStride = transposed ? m + 1 : 1;
            float[] a = numbers(3 + (m + 1) * (k + 1));
            float[] packed = around(2 + FloatPackedA.length(m, k) + 1);
            FloatPackedA.pack(m, k, a, 3, rowStride, columnStride, mr, packed, 2);
            for (int k0 = 0; k0 < k; k0 += 256) {
                int kc = Math.min(256, k - k0);
                for (int i0 = 0; i0 < m; i0 += mr) {
                    int rows = Math.min(mr, m - i0);
                    int panel = 2 + FloatPackedA.panel(m, i0, k0, kc);
                    for (int p = 0; p < kc; p++) {
                        for (int i = 0; i < rows; i++) {
                            assertEquals(a[3 + (i0 + i) * rowStride + (k0 + p) * columnStride],
                                    packed[panel + p * rows + i]);
                        }
                    }
                }
            }
            assertEquals(AROUND, packed[1]);
            assertEquals(AROUND, packed[2 + m * k]);
        }
        assertEquals(m * k, FloatPackedA.length(m, k));
    }

    @Test
    void groupsOfWeights() {
        Tensor weight = Tensor.of(numbers(6 * 4), 6, 2, 2, 1);
        float[] packed = FloatPackedA.packGroups(weight, 2, 3, 4, 2, 5);
        assertArrayEquals(
                new float[] {1, 5, 2, 6, 3, 7, 4, 8, 9, 10, 11, 12, 13, 17, 14, 18, 15, 19, 16, 20, 21, 22, 23,
                    24, 0, 0, 0, 0, 0},
                packed);
        assertArrayEquals(Arrays.copyOf(packed, 24), FloatPackedA.packGroups(weight, 2, 3, 4, 2));
        Tensor strided = Tensor.of(numbers(6 * 8), 6, 2, 2, 2).select(3, 1);
        float[] ofStrided = FloatPackedA.packGroups(strided, 2, 3, 4, 2);
        assertEquals(2, ofStrided[0]);
        assertEquals(10, ofStrided[1]);
        assertEquals(48, ofStrided[23]);
    }

    // ---- B ----

    @ParameterizedTest
    @CsvSource({"1, 1", "300, 7", "256, 64", "257, 65", "3, 100", "600, 33", "2, 32", "5, 31"})
    void panelsOfB(int k, int n) {
        for (boolean transposed : new boolean[] {false, true}) {
            int rowStride = transposed ? 1 : n + 1;
            int columnStride = transposed ? k + 1 : 1;
            float[] b = numbers(3 + (n + 1) * (k + 1));
            int padded = FloatPackedB.paddedColumns(n);
            assertEquals((n + LANES - 1) / LANES * LANES, padded);
            float[] packed = around(k * padded + 1);
            FloatPackedB.pack(k, n, b, 3, rowStride, columnStride, packed);
            for (int k0 = 0; k0 < k; k0 += 256) {
                int kc = Math.min(256, k - k0);
                for (int j0 = 0; j0 < n; j0 += NR) {
                    int width = FloatPackedB.panelColumns(n, j0);
                    assertEquals(Math.min(NR, padded - j0), width);
                    for (int p = 0; p < kc; p++) {
                        for (int j = 0; j < width; j++) {
                            float expected = j0 + j < n ? b[3 + (k0 + p) * rowStride + (j0 + j) * columnStride] : 0;
                            assertEquals(expected, packed[k0 * padded + j0 * kc + p * width + j]);
                        }
                    }
                }
            }
            assertEquals(AROUND, packed[k * padded]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "257, 2", "30, 3"})
    void tilesOfB(int k, int vectors) {
        int columns = vectors * LANES;
        float[] b = numbers(3 + (columns + 1) * k);
        float[] packed = around(2 + k * columns + 1);
        FloatPackedB.packTile(k, columns, b, 3, columns + 1, packed, 2);
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < columns; j++) {
                assertEquals(b[3 + p * (columns + 1) + j], packed[2 + p * columns + j]);
            }
        }
        assertEquals(AROUND, packed[1]);
        assertEquals(AROUND, packed[2 + k * columns]);
    }

    @Test
    void packedMatricesHoldTheirPanels() {
        Tensor matrix = Tensor.strided(DType.FLOAT32, numbers(500), 5, new int[] {20, 9}, new int[] {21, 2});
        SimdGemm provider = new SimdGemm();
        float[] a = new float[180];
        FloatPackedA.pack(20, 9, matrix.floats(), 5, 21, 2, RegisterTile.panelRows(20), a, 0);
        assertArrayEquals(a, FloatPackedMatrix.packA(provider, matrix).elements);
        float[] b = new float[20 * FloatPackedB.paddedColumns(9)];
        FloatPackedB.pack(20, 9, matrix.floats(), 5, 21, 2, b);
        FloatPackedMatrix packed = FloatPackedMatrix.packB(provider, matrix);
        assertArrayEquals(b, packed.elements);
        assertEquals(20, packed.rows());
        assertEquals(9, packed.columns());
    }

    // ---- the edge of C ----

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "3, 0", "2, 2"})
    void tilesOfCGoThereAndBack(int columnStride, int shift) {
        for (int rows = 1; rows <= 4; rows += 3) {
            for (int columns = 1; columns <= NR; columns++) {
                FloatMatrix c = new FloatMatrix();
                c.array = numbers(2 + (rows - 1) * 3 * NR + (columns - 1) * columnStride + 1); // nothing behind the last one
                c.rowStride = 3 * NR;
                c.columnStride = columnStride;
                FloatEdgeTile tile = new FloatEdgeTile();
                Arrays.fill(tile.elements, -2);
                tile.load(c, 2, rows, columns, shift);
                float[] original = c.array;
                c.array = around(original.length);
                float[] expected = around(original.length);
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        int place = 2 + i * 3 * NR + j * columnStride;
                        expected[place] = original[place];
                        assertEquals(original[place], tile.elements[i * FloatEdgeTile.LD + shift + j]);
                    }
                }
                tile.store(c, 2, rows, columns, shift);
                assertArrayEquals(expected, c.array);
            }
        }
    }
}
