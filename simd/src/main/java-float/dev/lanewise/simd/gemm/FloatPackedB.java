package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * B, packed: {@code k} rows of {@code n} elements in micro-panels of NR columns.
 *
 * <pre>
 *   block of KC = 256 rows:  panel of NR columns     | next panel
 *                            b00 b01 b02 ... (NR)    |
 *                            b10 b11 b12 ...         |
 *   next block of rows       ...
 * </pre>
 * The last panel is as wide as its columns, rounded up to whole vectors, the rest of which is zero.
 */
public final class FloatPackedB {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** The columns of a panel. */
    public static final int NR = RegisterTile.VECTORS * LANES;

    private FloatPackedB() {
    }

    /** The columns with those that fill the last vector. */
    static int paddedColumns(int n) {
        return Math.ceilDiv(n, LANES) * LANES;
    }

    /** The elements of a panel's row. */
    static int panelColumns(int n, int j) {
        return Math.min(NR, paddedColumns(n - j));
    }

    /** Packs all blocks, each one where the rows before it end. */
    static void pack(int k, int n, float[] b, int bOffset, int rowStride, int columnStride, float[] packed) {
        for (int k0 = 0; k0 < k; k0 += NumericsContract.KC) {
            int kc = Math.min(NumericsContract.KC, k - k0);
            packBlock(kc, n, b, bOffset + k0 * rowStride, rowStride, columnStride, packed, k0 * paddedColumns(n));
        }
    }

    /** Packs one block: the panel that begins with column j starts at {@code offset + j*kc}. */
    static void packBlock(int kc, int n, float[] b, int bOffset, int rowStride, int columnStride, float[] packed,
            int offset) {
        for (int j = 0; j < n; j += NR) {
            packPanel(kc, Math.min(NR, n - j), panelColumns(n, j), b, bOffset + j * columnStride, rowStride,
                    columnStride, packed, offset + j * kc);
        }
    }

    private static void packPanel(int kc, int columns, int width, float[] b, int bOffset, int rowStride,
            int columnStride, float[] packed, int offset) {
        if (columnStride == 1 && columns == NR) {
            copyPanel(kc, b, bOffset, rowStride, packed, offset);
            return;
        }
        if (columnStride == 1) {
            for (int p = 0; p < kc; p++) {
                int to = offset + p * width;
                System.arraycopy(b, bOffset + p * rowStride, packed, to, columns);
                Arrays.fill(packed, to + columns, to + width, 0);
            }
            return;
        }
        for (int j = 0; j < columns; j++) { // along the rows of B transposed
            int from = bOffset + j * columnStride;
            for (int p = 0; p < kc; p++) {
                packed[offset + p * width + j] = b[from + p * rowStride];
            }
        }
        for (int j = columns; j < width; j++) {
            for (int p = 0; p < kc; p++) {
                packed[offset + p * width + j] = 0;
            }
        }
    }

    /**
     * Packs one panel of two vectors, NR columns, or of three, from rows of neighbouring elements.
     *
     * @param columns two or three vectors
     */
    public static void packTile(int kc, int columns, float[] b, int bOffset, int ldb, float[] packed, int offset) {
        if (columns == NR) {
            copyPanel(kc, b, bOffset, ldb, packed, offset);
            return;
        }
        for (int p = 0; p < kc; p++) {
            int from = bOffset + p * ldb;
            int to = offset + p * 3 * LANES;
            FloatVector.fromArray(S, b, from).intoArray(packed, to);
            FloatVector.fromArray(S, b, from + LANES).intoArray(packed, to + LANES);
            FloatVector.fromArray(S, b, from + 2 * LANES).intoArray(packed, to + 2 * LANES);
        }
    }

    private static void copyPanel(int kc, float[] b, int bOffset, int ldb, float[] packed, int offset) {
        for (int p = 0; p < kc; p++) {
            int from = bOffset + p * ldb;
            int to = offset + p * NR;
            FloatVector.fromArray(S, b, from).intoArray(packed, to);
            FloatVector.fromArray(S, b, from + LANES).intoArray(packed, to + LANES);
        }
    }
}
