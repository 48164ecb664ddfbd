package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.parallel.Pool;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * {@code C = alpha * A * B + beta * C} in BLIS's five loops around a micro-kernel.
 *
 * <pre>
 *   pc  blocks of KC = 256 along k (by contract)
 *   ic    blocks of MC rows of A, packed
 *   jc      blocks of NC columns of B, packed: they stay in the L2 cache
 *   ir        panels of MR rows of A: one stays in the L1 cache ...
 *   jr          ... while the panels of NR columns of B pass by: a micro-tile of C
 * </pre>
 * An object is one run, with its scratch; runs are pooled. Its tasks are blocks of C that share no element, and each is complete: no thread
 * waits for what another has packed, and k is never split.
 */
final class FloatGemm implements Workers.Task {
    private static final Pool<FloatGemm> RUNS = new Pool<>();
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = RegisterTile.VECTORS * LANES;
    private static final int KC = NumericsContract.KC;
    private static final int MC = 2048;
    private static final int NC = 512;
    private static final float[] ZEROS = new float[RegisterTile.ROWS];

    private final FloatMatrix a = new FloatMatrix();
    private final FloatMatrix b = new FloatMatrix();
    private final FloatMatrix c = new FloatMatrix();
    private FloatGemmScratch[] scratches = {};
    private int m;
    private int n;
    private int k;
    private float alpha;
    private float beta;
    private int mr;
    private final GemmSplit split = new GemmSplit();

    static void multiply(GemmCall call) {
        FloatGemm run = RUNS.take();
        if (run == null) {
            run = new FloatGemm();
        }
        run.bind(call);
        call.workers().run(run.split.tasks(), run);
        run.release();
        RUNS.give(run); // not after a failure: a task may still hold its scratch
    }

    @SuppressWarnings("cast") // the twin casts a double to double
    private void bind(GemmCall call) {
        boolean plain = call.a().packed() == null && call.b().packed() == null;
        boolean swapped = plain && call.c().columnStride() != 1 && call.c().rowStride() == 1; // C^T = B^T * A^T
        a.set(swapped ? call.b() : call.a(), swapped);
        b.set(swapped ? call.a() : call.b(), swapped);
        c.set(call.c(), swapped);
        m = swapped ? call.n() : call.m();
        n = swapped ? call.m() : call.n();
        k = call.k();
        alpha = (float) call.alpha();
        beta = (float) call.beta();
        mr = RegisterTile.panelRows(m);
        split.set(call.batch(), m, n, k, mr, NR, call.workers().parallelism());
        if (scratches.length < call.workers().parallelism()) {
            scratches = new FloatGemmScratch[call.workers().parallelism()];
            for (int i = 0; i < scratches.length; i++) {
                scratches[i] = new FloatGemmScratch();
            }
        }
    }

    private void release() {
        a.clear();
        b.clear();
        c.clear();
    }

    /** One block of C. */
    @Override
    public void run(int index, int worker) {
        FloatGemmScratch scratch = scratches[worker];
        int matrix = split.matrix(index);
        int firstRow = split.firstRow(index);
        int lastRow = split.lastRow(index);
        int firstColumn = split.firstColumn(index);
        int lastColumn = split.lastColumn(index);
        for (int k0 = 0; k0 < k; k0 += KC) {
            int kc = Math.min(KC, k - k0);
            for (int i0 = firstRow; i0 < lastRow; i0 += MC / mr * mr) {
                int rows = Math.min(MC / mr * mr, lastRow - i0);
                packA(matrix, i0, rows, k0, kc, scratch);
                for (int j0 = firstColumn; j0 < lastColumn; j0 += NC) {
                    int columns = Math.min(NC, lastColumn - j0);
                    packB(matrix, j0, columns, k0, kc, scratch);
                    macroKernel(matrix, i0, rows, j0, columns, k0, kc, scratch);
                }
            }
        }
    }

    private void packA(int matrix, int i0, int rows, int k0, int kc, FloatGemmScratch scratch) {
        if (a.packed) {
            scratch.useA(a.array, m * k0 + i0 * kc);
            return;
        }
        float[] to = scratch.ownA(rows * kc);
        FloatPackedA.pack(rows, kc, a.array, a.at(matrix, i0, k0), a.rowStride, a.columnStride, mr, to, 0);
    }

    private void packB(int matrix, int j0, int columns, int k0, int kc, FloatGemmScratch scratch) {
        if (b.packed) {
            scratch.useB(b.array, k0 * FloatPackedB.paddedColumns(n) + j0 * kc);
            return;
        }
        float[] to = scratch.ownB(FloatPackedB.paddedColumns(columns) * kc);
        FloatPackedB.packBlock(kc, columns, b.array, b.at(matrix, k0, j0), b.rowStride, b.columnStride, to, 0);
    }

    private void macroKernel(int matrix, int i0, int rows, int j0, int columns, int k0, int kc,
            FloatGemmScratch scratch) {
        for (int i = 0; i < rows; i += mr) {
            for (int j = 0; j < columns; j += NR) {
                tile(matrix, i0 + i, Math.min(mr, rows - i), j0 + j, Math.min(NR, columns - j), k0, kc,
                        scratch.aOffset + i * kc, scratch.bOffset + j * kc, scratch);
            }
        }
    }

    /** One micro-tile, in C itself where it is as wide as its vectors, else in a tile of its own. */
    private void tile(int matrix, int i, int rows, int j, int columns, int k0, int kc, int aPanel, int bPanel,
            FloatGemmScratch scratch) {
        int vectors = Math.ceilDiv(columns, LANES);
        int ldb = vectors * LANES;
        int at = c.at(matrix, i, j);
        if (c.columnStride == 1 && columns == ldb) {
            kernel(rows, vectors, k0, kc, scratch, aPanel, bPanel, ldb, c.array, at, c.rowStride);
        } else {
            if (k0 > 0 || beta != 0) {
                copyTile(at, rows, columns, scratch.tile, false);
            }
            kernel(rows, vectors, k0, kc, scratch, aPanel, bPanel, ldb, scratch.tile, 0, NR);
            copyTile(at, rows, columns, scratch.tile, true);
        }
    }

    private void kernel(int rows, int vectors, int k0, int kc, FloatGemmScratch scratch, int aPanel, int bPanel,
            int ldb, float[] to, int at, int ldc) {
        if (k0 == 0 && beta == 0) {
            FloatMicroKernels.start(rows, vectors, kc, scratch.a, aPanel, scratch.b, bPanel, ldb, alpha, ZEROS, 0, to,
                    at, ldc);
            return;
        }
        if (k0 == 0 && beta != 1) {
            scaleTile(to, at, ldc, rows, ldb);
        }
        FloatMicroKernels.add(rows, vectors, kc, scratch.a, aPanel, scratch.b, bPanel, ldb, alpha, to, at, ldc);
    }

    private void scaleTile(float[] tile, int at, int ld, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                tile[at + i * ld + j] *= beta;
            }
        }
    }

    private void copyTile(int at, int rows, int columns, float[] tile, boolean intoC) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int place = at + i * c.rowStride + j * c.columnStride;
                if (intoC) {
                    c.array[place] = tile[i * NR + j];
                } else {
                    tile[i * NR + j] = c.array[place];
                }
            }
        }
    }
}
