package dev.lanewise.simd.gemm;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.parallel.Pool;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import java.util.List;

/**
 * {@code C = alpha * A * B + beta * C} in BLIS's loops around a micro-kernel.
 *
 * <pre>
 *   jc  blocks of NC columns of B and C
 *   pc    blocks of KC = 256 along k (by contract): a block of B stays in the L2 cache ...
 *   ic      panels of MR rows of A: one stays in the L1 cache ...
 *   jr        ... while the panels of NR columns of B pass by: a micro-tile of C
 * </pre>
 * This is the loop order that keeps the smaller panel, that of A, in the L1 cache: MR rows are 12 or 14 KiB, NR columns of B 32 KiB. In the other order 2048x2048x2048 ran at 0.60 of
 * the peak instead of 0.74 (JDK 25, Zen 5), and it makes MC and MR one.
 *
 * <p>Row-major operands mostly stay where they are: the micro-kernels take rows of A and B as they lie. What is copied, and when, {@link GemmBlocks} says.
 *
 * <p>An object is one run, with its scratch; runs are pooled. Its tasks are blocks of C that share no element, and each is complete: no thread
 * waits for what another has packed, and k is never split.
 */
final class FloatGemm implements Workers.Task {
    private static final Pool<FloatGemm> RUNS = new Pool<>();
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = RegisterTile.VECTORS * LANES;
    private static final int KC = NumericsContract.KC;
    private static final int MC = GemmBlocks.rows(Float.BYTES);
    private static final float[] ZEROS = new float[RegisterTile.ROWS];

    private final FloatMatrix a = new FloatMatrix();
    private final FloatMatrix b = new FloatMatrix();
    private final FloatMatrix c = new FloatMatrix();
    private final FloatMatrix residual = new FloatMatrix();
    private List<Epilogue> steps = List.of();
    private FloatEpilogue epilogue = new FloatEpilogue(steps);
    private final GemmSplit split = new GemmSplit();
    private FloatGemmScratch[] scratches = {};
    private int m;
    private int n;
    private int k;
    private int mr;
    private int nc;
    private boolean copiesBlockOfA;
    private boolean packsB;
    private boolean fetchesB;
    private boolean fetchesC;
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

    /** The bytes of scratch that are kept for the next call. */
    static long scratchBytes() {
        FloatGemm run = RUNS.take();
        if (run == null) {
            return 0;
        }
        long bytes = 0;
        for (FloatGemmScratch scratch : run.scratches) {
            bytes += scratch.bytes();
        }
        RUNS.give(run);
        return bytes;
    }

    @SuppressWarnings("cast") // the twin casts a double to double
    private void bind(GemmCall call) {
        boolean plain = call.a().packed() == null && call.b().packed() == null;
        boolean swapped = plain && call.c().columnStride() != 1 && call.c().rowStride() == 1; // C^T = B^T * A^T
        a.set(swapped ? call.b() : call.a(), swapped);
        b.set(swapped ? call.a() : call.b(), swapped);
        c.set(call.c(), swapped);
        residual.set(call.hasResidual() ? call.residual() : call.c(), swapped);
        if (call.epilogues() != steps) { // seldom: those of the last call are kept
            steps = call.epilogues();
            epilogue = new FloatEpilogue(steps);
        }
        m = swapped ? call.n() : call.m();
        n = swapped ? call.m() : call.n();
        k = call.k();
        alpha = (float) call.alpha();
        beta = (float) call.beta();
        nc = GemmBlocks.columns(Math.min(k, KC), NR, Float.BYTES);
        if (a.packed || a.columnStride != 1) {
            rowsOfA = FloatGemmScratch.Rows.PACKED;
        } else {
            rowsOfA = GemmBlocks.copiesA(m, n / NR, a.rowStride, Float.BYTES)
                    ? FloatGemmScratch.Rows.COPIED
                    : FloatGemmScratch.Rows.IN_PLACE;
        }
        mr = RegisterTile.panelRows(m, rowsOfA == FloatGemmScratch.Rows.COPIED ? CopiedRows.ROWS : RegisterTile.ROWS);
        copiesBlockOfA = GemmBlocks.copiesBlockOfA(m, n / NR, k, Float.BYTES);
        packsB = b.columnStride != 1 || GemmBlocks.packsB(m, b.rowStride, Float.BYTES);
        fetchesB = !packsB && GemmBlocks.fetchesB(k, n, Float.BYTES);
        fetchesC = c.columnStride == 1 && GemmBlocks.fetchesC(m, n, Float.BYTES);
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
        residual.clear();
        for (FloatGemmScratch scratch : scratches) {
            scratch.release();
        }
    }

    /** One block of C. */
    @Override
    public void run(int index, int worker) {
        FloatGemmScratch scratch = scratches[worker];
        int matrix = split.matrix(index);
        if (GemmBlocks.B_IN_L1) {
            for (int k0 = 0; k0 < k; k0 += KC) {
                panelsOfB(matrix, index, k0, Math.min(KC, k - k0), scratch);
            }
            return;
        }
        int firstColumn = split.firstColumn(index);
        int lastColumn = split.lastColumn(index);
        int width = rowsOfA == FloatGemmScratch.Rows.COPIED
                ? GemmBlocks.likeColumns(lastColumn - firstColumn, nc, NR)
                : nc;
        for (int j0 = firstColumn; j0 < lastColumn; j0 += width) {
            int columns = Math.min(width, lastColumn - j0);
            for (int k0 = 0; k0 < k; k0 += KC) {
                panelsOfA(matrix, index, j0, columns, k0, Math.min(KC, k - k0), scratch);
            }
        }
    }

    private void panelsOfA(int matrix, int task, int j0, int columns, int k0, int kc, FloatGemmScratch scratch) {
        int lastRow = split.lastRow(task);
        takeB(matrix, k0, kc, j0, columns, scratch);
        for (int i = split.firstRow(task); i < lastRow; i += mr) {
            int rows = Math.min(mr, lastRow - i);
            takeA(matrix, i, rows, k0, kc, scratch);
            for (int j = 0; j < columns; j += NR) {
                tile(matrix, i, 0, rows, j0, j, Math.min(NR, columns - j), k0, kc, scratch);
            }
            finish(matrix, i, rows, j0, columns, k0 + kc);
        }
    }

    private void panelsOfB(int matrix, int task, int k0, int kc, FloatGemmScratch scratch) {
        int lastRow = split.lastRow(task);
        int lastColumn = split.lastColumn(task);
        int mc = Math.max(MC / mr, 1) * mr;
        for (int i0 = split.firstRow(task); i0 < lastRow; i0 += mc) {
            int rows = Math.min(mc, lastRow - i0);
            takeA(matrix, i0, rows, k0, kc, scratch);
            for (int j = split.firstColumn(task); j < lastColumn; j += NR) {
                int columns = Math.min(NR, lastColumn - j);
                takeB(matrix, k0, kc, j, columns, scratch);
                for (int i = 0; i < rows; i += mr) {
                    if (fetchesC && i % (mr * GemmBlocks.FETCHED_TILES) == 0) {
                        int ahead = Math.min(mr * GemmBlocks.FETCHED_TILES, rows - i);
                        scratch.fetchC(c.array, c.at(matrix, i0 + i, j), c.rowStride, ahead);
                    }
                    tile(matrix, i0, i, Math.min(mr, rows - i), j, 0, columns, k0, kc, scratch);
                }
            }
            int firstColumn = split.firstColumn(task);
            finish(matrix, i0, rows, firstColumn, lastColumn - firstColumn, k0 + kc);
        }
    }

    /** Applies the epilogues once the last block of k is in. */
    private void finish(int matrix, int i0, int rows, int j, int columns, int done) {
        if (done < k || epilogue.isEmpty()) {
            return;
        }
        for (int i = i0; i < i0 + rows; i++) {
            epilogue.apply(c.array, c.at(matrix, i, j), c.columnStride, residual.array, residual.at(matrix, i, j),
                    residual.columnStride, columns);
        }
    }

    /** Rows of A: where they lie, or a copy of them. */
    private void takeA(int matrix, int i, int rows, int k0, int kc, FloatGemmScratch scratch) {
        int at = a.at(matrix, i, k0);
        switch (rowsOfA) {
            case IN_PLACE -> {
                if (copiesBlockOfA) {
                    scratch.copyA(a.array, at, a.rowStride, rows, kc);
                } else {
                    scratch.useA(a.array, at, a.rowStride);
                }
            }
            case COPIED -> scratch.copyA(a.array, at, a.rowStride, rows, kc);
            case PACKED -> {
                if (a.packed) {
                    scratch.useA(a.array, FloatPackedA.panel(m, i, k0, kc), kc);
                } else {
                    scratch.packA(a.array, at, a.rowStride, a.columnStride, rows, kc, mr);
                }
            }
        }
    }

    /** Columns of B: where they lie, or packed; of row-major ones that cannot be read in whole vectors, the last panel alone is packed. */
    private void takeB(int matrix, int k0, int kc, int j, int columns, FloatGemmScratch scratch) {
        if (b.packed) {
            scratch.usePackedB(b.array, k0 * FloatPackedB.paddedColumns(n) + j * kc);
            return;
        }
        int at = b.at(matrix, k0, j);
        if (packsB) {
            scratch.packB(b.array, at, b.rowStride, b.columnStride, kc, columns);
            return;
        }
        scratch.useB(b.array, at, b.rowStride);
        if (fetchesB) {
            scratch.fetchB(kc, columns);
        }
        int last = columns - 1 - (columns - 1) % NR;
        int width = FloatPackedB.panelColumns(columns, last);
        scratch.shift = 0;
        if (at + (kc - 1) * b.rowStride + last > b.array.length - width) { // behind the last row is the end of the array
            if (j + columns >= width) {
                scratch.shift = width - (columns - last);
            } else {
                scratch.packLastPanel(b.array, at, b.rowStride, kc, columns);
            }
        }
    }

    /**
     * A micro-tile.
     *
     * @param i0 the first row that the scratch holds
     * @param i from there
     * @param j0 the first column that the scratch holds
     * @param j from there
     */
    private void tile(int matrix, int i0, int i, int rows, int j0, int j, int columns, int k0, int kc,
            FloatGemmScratch scratch) {
        int aOffset = scratch.aOffset + i * scratch.lda;
        if (columns == NR && c.columnStride == 1) {
            int bOffset = scratch.bOffset + (scratch.isBPacked ? j * kc : j);
            int ldb = scratch.isBPacked ? NR : scratch.ldb;
            multiplyAdd(rows, RegisterTile.VECTORS, k0, kc, scratch.a, aOffset, scratch.lda, scratch.b, bOffset, ldb,
                    c.array, c.at(matrix, i0 + i, j0 + j), c.rowStride);
        } else {
            edge(matrix, i0 + i, aOffset, rows, j0 + j, columns, j, k0, kc, scratch);
        }
    }

    /** A micro-tile that C cannot take as it is, because C has fewer columns or other strides: it is computed apart. */
    private void edge(int matrix, int i, int aOffset, int rows, int j, int columns, int jInBlock, int k0, int kc,
            FloatGemmScratch scratch) {
        int vectors = Math.ceilDiv(columns, LANES);
        int width = vectors * LANES;
        float[] from = scratch.b;
        int bOffset = scratch.bOffset + (scratch.isBPacked ? jInBlock * kc : jInBlock);
        int ldb = scratch.isBPacked ? width : scratch.ldb;
        int shift = 0;
        if (!scratch.isBPacked && columns < width) {
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
        FloatEdgeTile tile = scratch.tile;
        if (k0 > 0 || beta != 0) {
            tile.load(c, at, rows, columns, shift);
        }
        multiplyAdd(rows, vectors, k0, kc, scratch.a, aOffset, scratch.lda, from, bOffset, ldb,
                tile.elements, 0, FloatEdgeTile.LD);
        tile.store(c, at, rows, columns, shift);
    }

    /** One micro-tile: in the first block of k it starts at beta times C, in the others at C. */
    private void multiplyAdd(int rows, int vectors, int k0, int kc, float[] fromA, int aOffset, int lda, float[] fromB,
            int bOffset, int ldb, float[] to, int at, int ldc) {
        if (k0 == 0 && beta == 0) {
            switch (rowsOfA) {
                case IN_PLACE -> FloatRowMicroKernels.start(rows, vectors, kc, fromA, aOffset, lda,
                        fromB, bOffset, ldb, alpha, ZEROS, 0, to, at, ldc);
                case COPIED -> FloatCopiedRowMicroKernels.start(rows, vectors, kc, fromA, fromB, bOffset, ldb,
                        alpha, ZEROS, 0, to, at, ldc);
                case PACKED -> FloatMicroKernels.start(rows, vectors, kc, fromA, aOffset, fromB, bOffset,
                        ldb, alpha, ZEROS, 0, to, at, ldc);
            }
            return;
        }
        if (k0 == 0 && beta != 1) {
            scale(to, at, ldc, rows, vectors * LANES);
        }
        switch (rowsOfA) {
            case IN_PLACE -> FloatRowMicroKernels.add(rows, vectors, kc, fromA, aOffset, lda, fromB,
                    bOffset, ldb, alpha, to, at, ldc);
            case COPIED -> FloatCopiedRowMicroKernels.add(rows, vectors, kc, fromA, fromB, bOffset, ldb, alpha, to,
                    at, ldc);
            case PACKED -> FloatMicroKernels.add(rows, vectors, kc, fromA, aOffset, fromB, bOffset, ldb,
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
}
