package dev.lanewise.simd.plain;

import dev.lanewise.core.numerics.Fma;
import dev.lanewise.core.numerics.NumericsContract;
import java.util.Arrays;

/**
 * A block of sums as the numerics contract wants them, {@code sums[i][j] = fold over p of a[i][p] * b[p][j]}, in plain loops.
 *
 * <p>C2 turns them into vector code by itself, but only where it can tell that no two rows overlap: rows are arrays of their own, all read from
 * index 0. They are called often, so that they are compiled within some 50 ms of the first call, when code on the Vector API is most of a second away,
 * and they reach 0.3 of the FMA peak (JDK 25, Zen 5). Four rows by four steps are too many bytecodes to be inlined, which keeps the callers' compilation short.
 */
public final class FloatPlainFold {
    /** The most rows of a block. */
    public static final int ROWS = 4;
    /** The products that are added to each sum of four rows at once. */
    private static final int STEPS = 4;
    /** The most columns of a block: rows of b, KC of them, fit an L2 cache of 512 KiB. */
    public static final int COLUMNS = 256;

    /**
     * Each of the first calls of {@link #fourRows} comes with some that do nothing: C2 compiles a method after 600 calls. Calls on long rows alone would be too few before it
     * compiles the loop without the method (on-stack replacement), which takes as long, and is of no use to the next call. Short rows would be called often, but
     * a loop that was short when it was compiled is unrolled less.
     */
    private static final int EMPTY_CALLS = 10;
    private static final int FIRST_CALLS = 1000;
    private static int firstCalls; // two threads may count two calls as one

    /** Up to KC elements of each row of A, to be filled in before {@link #fold}. */
    public final float[][] a;
    /** Rows of B, to be filled in before {@link #fold}. */
    public final float[][] b;
    /** What comes out of it. */
    public final float[][] sums;
    /** Values to add sums to. */
    public final float[] start;

    /**
     * Room for blocks.
     *
     * @param k the most products of a sum; KC are enough for any
     * @param columns the most columns of a block
     */
    public FloatPlainFold(int k, int columns) {
        int kc = Math.min(k, NumericsContract.KC);
        a = new float[ROWS][kc];
        b = new float[kc][Math.min(columns, COLUMNS)];
        sums = new float[ROWS][Math.min(columns, COLUMNS)];
        start = new float[Math.min(columns, COLUMNS)];
    }

    /** Computes {@code rows} by {@code columns} sums of {@code kc} products each. */
    public void fold(int rows, int kc, int columns) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(sums[i], 0, columns, 0);
        }
        int p = 0;
        if (rows == ROWS) {
            for (; p + STEPS <= kc; p += STEPS) {
                if (firstCalls < FIRST_CALLS) {
                    firstCalls++;
                    for (int i = 0; i < EMPTY_CALLS; i++) {
                        fourRows(p, 0);
                    }
                }
                fourRows(p, columns);
            }
        }
        for (; p < kc; p++) {
            for (int i = 0; i < rows; i++) {
                oneRow(a[i][p], b[p], sums[i], columns);
            }
        }
    }

    /** {@code sums[i] = alpha * sums[i] + start}, one fused multiply-add each. */
    public void scaleAndAdd(int i, float alpha, int columns) {
        scaleAndAdd(sums[i], alpha, start, columns);
    }

    private static void scaleAndAdd(float[] sum, float alpha, float[] start, int columns) {
        for (int j = 0; j < columns; j++) {
            sum[j] = Fma.fma(alpha, sum[j], start[j]);
        }
    }

    private void fourRows(int p, int columns) {
        fourRows(a[0], a[1], a[2], a[3], p, b[p], b[p + 1], b[p + 2], b[p + 3], sums[0], sums[1], sums[2], sums[3],
                columns);
    }

    private static void fourRows(float[] a0, float[] a1, float[] a2, float[] a3, int p, float[] b0, float[] b1,
            float[] b2, float[] b3, float[] sum0, float[] sum1, float[] sum2, float[] sum3, int columns) {
        if (columns == 0) {
            return;
        }
        float a00 = a0[p];
        float a01 = a0[p + 1];
        float a02 = a0[p + 2];
        float a03 = a0[p + 3];
        float a10 = a1[p];
        float a11 = a1[p + 1];
        float a12 = a1[p + 2];
        float a13 = a1[p + 3];
        float a20 = a2[p];
        float a21 = a2[p + 1];
        float a22 = a2[p + 2];
        float a23 = a2[p + 3];
        float a30 = a3[p];
        float a31 = a3[p + 1];
        float a32 = a3[p + 2];
        float a33 = a3[p + 3];
        for (int j = 0; j < columns; j++) {
            float x0 = b0[j];
            float x1 = b1[j];
            float x2 = b2[j];
            float x3 = b3[j];
            sum0[j] = Fma.fma(a03, x3, Fma.fma(a02, x2, Fma.fma(a01, x1, Fma.fma(a00, x0, sum0[j]))));
            sum1[j] = Fma.fma(a13, x3, Fma.fma(a12, x2, Fma.fma(a11, x1, Fma.fma(a10, x0, sum1[j]))));
            sum2[j] = Fma.fma(a23, x3, Fma.fma(a22, x2, Fma.fma(a21, x1, Fma.fma(a20, x0, sum2[j]))));
            sum3[j] = Fma.fma(a33, x3, Fma.fma(a32, x2, Fma.fma(a31, x1, Fma.fma(a30, x0, sum3[j]))));
        }
    }

    private static void oneRow(float a, float[] b, float[] sum, int columns) {
        for (int j = 0; j < columns; j++) {
            sum[j] = Fma.fma(a, b[j], sum[j]);
        }
    }
}
