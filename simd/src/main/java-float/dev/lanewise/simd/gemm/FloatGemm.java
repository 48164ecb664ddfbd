package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.parallel.Pool;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * {@code C = alpha * A * B + beta * C} in BLIS's loops around a micro-kernel.
 *
 * <pre>
 *   pc  blocks of KC = 256 along k (by contract)
 *   jc    blocks of NC columns of B: they stay in the L2 cache ...
 *   ic      panels of MR rows of A: one stays in the L1 cache ...
 *   jr        ... while the panels of NR columns of B pass by: a micro-tile of C
 * </pre>
 * This is the loop order that keeps the smaller panel, that of A, in the L1 cache: MR rows are 12 or 14 KiB, NR columns of B 32 KiB. In the other order 2048x2048x2048 ran at 0.60 of
 * the peak instead of 0.74 (JDK 25, Zen 5), and it makes MC and MR one.
 *
 * <p>Row-major operands are not packed at all: the micro-kernels take rows of A and B as they lie. B in the L2 cache comes fast enough wherever its rows are, and what packing costs is more than it gives
 * (1024x1024x1024: 0.85 without, 0.81 with packed B).
 *
 * <p>An object is one run, with its scratch; runs are pooled. Its tasks are blocks of C that share no element, and each is complete: no thread
 * waits for what another has packed, and k is never split.
 */
final class FloatGemm implements Workers.Task {
    private static final Pool<FloatGemm> RUNS = new Pool<>();
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = RegisterTile.VECTORS * LANES;
    private static final int KC = NumericsContract.KC;
    private static final int NC = GemmBlocks.columns(NR, Float.BYTES);
    /** From so many columns on a panel of A meets enough of B to be worth a copy. */
    private static final int COPY_COLUMNS = 16 * NR;
    private static final float[] ZEROS = new float[RegisterTile.ROWS];

    private final FloatMatrix a = new FloatMatrix();
    private final FloatMatrix b = new FloatMatrix();
    private final FloatMatrix c = new FloatMatrix();
    private final GemmSplit split = new GemmSplit();
    private FloatGemmScratch[] scratches = {};
    private int m;
    private int n;
    private int k;
    private int mr;
    private float alpha;
    private float beta;
    private FloatGemmScratch.Rows rowsOfA = FloatGemmScratch.Rows.IN_PLACE;

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
        if (a.packed || a.columnStride != 1) {
            rowsOfA = FloatGemmScratch.Rows.PACKED;
        } else {
            rowsOfA = n >= COPY_COLUMNS ? FloatGemmScratch.Rows.COPIED : FloatGemmScratch.Rows.IN_PLACE;
        }
        mr = RegisterTile.panelRows(m, rowsOfA == FloatGemmScratch.Rows.COPIED ? CopiedRows.ROWS : RegisterTile.ROWS);
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
        for (FloatGemmScratch scratch : scratches) {
            scratch.release();
        }
    }

    /** One block of C. */
    @Override
    public void run(int index, int worker) {
        FloatGemmScratch scratch = scratches[worker];
        int matrix = split.matrix(index);
        int firstRow = split.firstRow(index);
        int lastRow = split.lastRow(index);
        int lastColumn = split.lastColumn(index);
        for (int k0 = 0; k0 < k; k0 += KC) {
            int kc = Math.min(KC, k - k0);
            for (int j0 = split.firstColumn(index); j0 < lastColumn; j0 += NC) {
                int columns = Math.min(NC, lastColumn - j0);
                takeB(matrix, k0, kc, j0, columns, scratch);
                for (int i = firstRow; i < lastRow; i += mr) {
                    int rows = Math.min(mr, lastRow - i);
                    takeA(matrix, i, rows, k0, kc, scratch);
                    rowOfTiles(matrix, i, rows, j0, columns, k0, kc, scratch);
                }
            }
        }
    }

    /** A panel of A: where it lies, or a copy of it. */
    private void takeA(int matrix, int i, int rows, int k0, int kc, FloatGemmScratch scratch) {
        int at = a.at(matrix, i, k0);
        switch (rowsOfA) {
            case IN_PLACE -> scratch.useA(a.array, at, a.rowStride);
            case COPIED -> scratch.copyA(a.array, at, a.rowStride, rows, kc);
            case PACKED -> {
                if (a.packed) {
                    scratch.useA(a.array, FloatPackedA.panel(m, i, k0, kc), 0);
                } else {
                    scratch.packA(a.array, at, a.rowStride, a.columnStride, rows, kc);
                }
            }
        }
    }

    /** A block of B: where it lies, or packed; of a row-major one that cannot be read in whole vectors, the last panel alone is packed. */
    private void takeB(int matrix, int k0, int kc, int j0, int columns, FloatGemmScratch scratch) {
        if (b.packed) {
            scratch.useB(b.array, k0 * FloatPackedB.paddedColumns(n) + j0 * kc, 0);
            return;
        }
        int at = b.at(matrix, k0, j0);
        if (b.columnStride != 1) {
            scratch.packB(b.array, at, b.rowStride, b.columnStride, kc, columns);
            return;
        }
        scratch.useB(b.array, at, b.rowStride);
        int last = columns - 1 - (columns - 1) % NR;
        int width = FloatPackedB.panelColumns(columns, last);
        scratch.shift = 0;
        if (at + (kc - 1) * b.rowStride + last > b.array.length - width) { // behind the last row is the end of the array
            if (j0 + columns >= width) {
                scratch.shift = width - (columns - last);
            } else {
                scratch.packLastPanel(b.array, at, b.rowStride, kc, columns);
            }
        }
    }

    private void rowOfTiles(int matrix, int i, int rows, int j0, int columns, int k0, int kc,
            FloatGemmScratch scratch) {
        boolean isDense = c.columnStride == 1;
        int panels = isDense ? columns / NR : 0;
        int bStep = scratch.ldb == 0 ? NR * kc : NR;
        int ldb = scratch.ldb == 0 ? NR : scratch.ldb;
        int at = c.at(matrix, i, j0);
        for (int panel = 0; panel < panels; panel++) {
            multiplyAdd(rows, RegisterTile.VECTORS, k0, kc, scratch, scratch.b, scratch.bOffset + panel * bStep, ldb,
                    c.array, at + panel * NR, c.rowStride);
        }
        for (int j = panels * NR; j < columns; j += NR) {
            edge(matrix, i, rows, j0 + j, Math.min(NR, columns - j), j, k0, kc, scratch);
        }
    }

    /** A micro-tile that C cannot take as it is, because C has fewer columns or other strides: it is computed apart. */
    private void edge(int matrix, int i, int rows, int j, int columns, int jInBlock, int k0, int kc,
            FloatGemmScratch scratch) {
        int vectors = Math.ceilDiv(columns, LANES);
        int width = vectors * LANES;
        float[] from = scratch.b;
        int bOffset = scratch.bOffset + (scratch.ldb == 0 ? jInBlock * kc : jInBlock);
        int ldb = scratch.ldb == 0 ? width : scratch.ldb;
        int shift = 0;
        if (scratch.ldb != 0 && columns < width) {
            if (scratch.hasLastPanel) {
                from = scratch.lastPanel();
                bOffset = 0;
                ldb = width;
            } else {
                shift = scratch.shift;
                bOffset -= shift;
            }
        }
        int at = c.at(matrix, i, j);
        float[] tile = scratch.tile;
        if (k0 > 0 || beta != 0) {
            copyTile(at, rows, columns, tile, shift, false);
        }
        multiplyAdd(rows, vectors, k0, kc, scratch, from, bOffset, ldb, tile, 0, NR);
        copyTile(at, rows, columns, tile, shift, true);
    }

    /** One micro-tile: in the first block of k it starts at beta times C, in the others at C. */
    private void multiplyAdd(int rows, int vectors, int k0, int kc, FloatGemmScratch scratch, float[] fromB,
            int bOffset, int ldb, float[] to, int at, int ldc) {
        if (k0 == 0 && beta == 0) {
            switch (rowsOfA) {
                case IN_PLACE -> FloatRowMicroKernels.start(rows, vectors, kc, scratch.a, scratch.aOffset, scratch.lda,
                        fromB, bOffset, ldb, alpha, ZEROS, 0, to, at, ldc);
                case COPIED -> FloatCopiedRowMicroKernels.start(rows, vectors, kc, scratch.a, fromB, bOffset, ldb,
                        alpha, ZEROS, 0, to, at, ldc);
                case PACKED -> FloatMicroKernels.start(rows, vectors, kc, scratch.a, scratch.aOffset, fromB, bOffset,
                        ldb, alpha, ZEROS, 0, to, at, ldc);
            }
            return;
        }
        if (k0 == 0 && beta != 1) {
            scale(to, at, ldc, rows, vectors * LANES);
        }
        switch (rowsOfA) {
            case IN_PLACE -> FloatRowMicroKernels.add(rows, vectors, kc, scratch.a, scratch.aOffset, scratch.lda, fromB,
                    bOffset, ldb, alpha, to, at, ldc);
            case COPIED -> FloatCopiedRowMicroKernels.add(rows, vectors, kc, scratch.a, fromB, bOffset, ldb, alpha, to,
                    at, ldc);
            case PACKED -> FloatMicroKernels.add(rows, vectors, kc, scratch.a, scratch.aOffset, fromB, bOffset, ldb,
                    alpha, to, at, ldc);
        }
    }

    private void scale(float[] tile, int at, int ld, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                tile[at + i * ld + j] *= beta;
            }
        }
    }

    private void copyTile(int at, int rows, int columns, float[] tile, int shift, boolean intoC) {
        if (c.columnStride == 1) {
            for (int i = 0; i < rows; i++) {
                if (intoC) {
                    System.arraycopy(tile, i * NR + shift, c.array, at + i * c.rowStride, columns);
                } else {
                    System.arraycopy(c.array, at + i * c.rowStride, tile, i * NR + shift, columns);
                }
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int place = at + i * c.rowStride + j * c.columnStride;
                if (intoC) {
                    c.array[place] = tile[i * NR + shift + j];
                } else {
                    tile[i * NR + shift + j] = c.array[place];
                }
            }
        }
    }
}
