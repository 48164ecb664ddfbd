package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.parallel.Pool;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.plain.FloatPlainFold;
import java.util.Arrays;

/**
 * {@link FloatGemm} in plain loops, for as long as its vector code has not been compiled: the same call, the same bits.
 *
 * <p>A task is a block of C. It copies the rows of B that it needs, and for each few rows of C those of A: from wherever they lie, packed or not.
 */
final class FloatPlainGemm implements Workers.Task {
    private static final Pool<FloatPlainFold> FOLDS = new Pool<>();
    private static final int KC = NumericsContract.KC;
    private static final int ROWS = FloatPlainFold.ROWS;
    private static final int COLUMNS = FloatPlainFold.COLUMNS;
    /** The most rows of a task: enough to make the copy of B a small part of the work. */
    private static final int MAX_ROWS = 256;
    /** C is better computed transposed where its rows are shorter, and its columns are not. */
    private static final int SHORT_ROW = 16;

    private final FloatMatrix a = new FloatMatrix();
    private final FloatMatrix b = new FloatMatrix();
    private final FloatMatrix c = new FloatMatrix();
    private final FloatMatrix residual = new FloatMatrix();
    private final FloatEpilogue epilogue;
    private final int m;
    private final int n;
    private final int k;
    private final float alpha;
    private final float beta;
    private final int rowsOfTask;
    private final int rowTasks;
    private final int columnTasks;

    static void multiply(GemmCall call) {
        FloatPlainGemm run = new FloatPlainGemm(call);
        call.workers().run(call.batch() * run.rowTasks * run.columnTasks, run);
    }

    @SuppressWarnings("cast") // the twin casts a double to double
    private FloatPlainGemm(GemmCall call) {
        boolean plain = call.a().packed() == null && call.b().packed() == null;
        boolean swapped = plain && call.n() < SHORT_ROW && call.m() > call.n(); // C^T = B^T * A^T
        a.set(swapped ? call.b() : call.a(), swapped);
        b.set(swapped ? call.a() : call.b(), swapped);
        c.set(call.c(), swapped);
        residual.set(call.hasResidual() ? call.residual() : call.c(), swapped);
        epilogue = new FloatEpilogue(call.epilogues());
        m = swapped ? call.n() : call.m();
        n = swapped ? call.m() : call.n();
        k = call.k();
        alpha = (float) call.alpha();
        beta = (float) call.beta();
        int rowsOfThread = Math.ceilDiv(m, call.workers().parallelism() * ROWS) * ROWS;
        rowsOfTask = Math.min(rowsOfThread, MAX_ROWS);
        rowTasks = Math.ceilDiv(m, rowsOfTask);
        columnTasks = Math.ceilDiv(n, COLUMNS);
    }

    /** One block of C. */
    @Override
    public void run(int index, int worker) {
        FloatPlainFold fold = FOLDS.take();
        if (fold == null) {
            fold = new FloatPlainFold(KC, COLUMNS);
        }
        int j0 = index % columnTasks * COLUMNS;
        int i0 = index / columnTasks % rowTasks * rowsOfTask;
        block(index / columnTasks / rowTasks, i0, Math.min(rowsOfTask, m - i0), j0, Math.min(COLUMNS, n - j0), fold);
        FOLDS.give(fold);
    }

    private void block(int matrix, int i0, int rows, int j0, int columns, FloatPlainFold fold) {
        for (int k0 = 0; k0 < k; k0 += KC) {
            int kc = Math.min(KC, k - k0);
            for (int p = 0; p < kc; p++) {
                copyRowOfB(matrix, k0, kc, p, j0, columns, fold.b[p]);
            }
            for (int i = i0; i < i0 + rows; i += ROWS) {
                int count = Math.min(ROWS, i0 + rows - i);
                for (int r = 0; r < count; r++) {
                    copyRowOfA(matrix, i + r, k0, kc, fold.a[r]);
                }
                fold.fold(count, kc, columns);
                for (int r = 0; r < count; r++) {
                    add(fold, r, c.at(matrix, i + r, j0), columns, k0 == 0 ? beta : 1);
                }
            }
        }
        for (int i = i0; i < i0 + rows && !epilogue.isEmpty(); i++) {
            epilogue.apply(c.array, c.at(matrix, i, j0), c.columnStride, residual.array, residual.at(matrix, i, j0),
                    residual.columnStride, columns);
        }
    }

    /** {@code C = alpha * sums + factor * C} for a part of a row. */
    private void add(FloatPlainFold fold, int r, int at, int columns, float factor) {
        if (factor == 0) {
            Arrays.fill(fold.start, 0, columns, 0);
        } else {
            copy(c.array, at, c.columnStride, columns, fold.start, 0);
        }
        if (factor != 0 && factor != 1) {
            for (int j = 0; j < columns; j++) {
                fold.start[j] *= factor;
            }
        }
        fold.scaleAndAdd(r, alpha, columns);
        if (c.columnStride == 1) {
            System.arraycopy(fold.sums[r], 0, c.array, at, columns);
            return;
        }
        for (int j = 0; j < columns; j++) {
            c.array[at + j * c.columnStride] = fold.sums[r][j];
        }
    }

    private void copyRowOfA(int matrix, int i, int k0, int kc, float[] to) {
        if (!a.packed) {
            copy(a.array, a.at(matrix, i, k0), a.columnStride, kc, to, 0);
            return;
        }
        int mr = RegisterTile.panelRows(m);
        int first = i / mr * mr;
        copy(a.array, FloatPackedA.panel(m, first, k0, kc) + i - first, Math.min(mr, m - first), kc, to, 0);
    }

    private void copyRowOfB(int matrix, int k0, int kc, int p, int j0, int columns, float[] to) {
        if (!b.packed) {
            copy(b.array, b.at(matrix, k0 + p, j0), b.columnStride, columns, to, 0);
            return;
        }
        int block = k0 * FloatPackedB.paddedColumns(n);
        for (int j = j0; j < j0 + columns; j += FloatPackedB.NR) { // COLUMNS, and so j0, is a multiple of NR
            int from = block + j * kc + p * FloatPackedB.panelColumns(n, j);
            copy(b.array, from, 1, Math.min(FloatPackedB.NR, j0 + columns - j), to, j - j0);
        }
    }

    private static void copy(float[] from, int at, int stride, int count, float[] to, int first) {
        if (stride == 1) {
            System.arraycopy(from, at, to, first, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[first + i] = from[at + i * stride];
        }
    }
}
