package dev.lanewise.simd.gemm;

/** How the batch of C is split in blocks that threads compute on their own: whole panels of rows, whole cache lines of columns. */
final class GemmSplit {
    /** Below this a second thread costs more than it gives. */
    private static final long MIN_FLOPS = 1 << 20;
    /**
     * Tasks of a thread: as many for each, and nearly alike. Nine for two threads reached 0.83, 0.78 and 0.75 of the peak on cubes of 512, 1024 and 2048, four reach 0.91, 0.87
     * and 0.82, eight 0.90, 0.85 and 0.81.
     */
    private static final long TASKS_OF_THREAD = 2;
    private int m;
    private int n;
    private int batch;
    private int mr;
    private int nr;
    private int rowPanels;
    private int columnPanels;
    private int rowBlocks;
    private int columnBlocks;

    /** Set anew for each run, so that runs allocate nothing. */
    void set(int batch, int m, int n, int k, int mr, int nr, int threads) {
        this.batch = batch;
        this.m = m;
        this.n = n;
        long flops = 2L * m * n * k;
        long wanted = threads == 1
                ? 1
                : Math.min(Math.ceilDiv(TASKS_OF_THREAD * threads, batch), Math.max(flops / MIN_FLOPS, 1));
        rowPanels = Math.ceilDiv(m, mr);
        columnPanels = Math.ceilDiv(n, nr);
        this.mr = mr;
        this.nr = nr;
        rowBlocks = 1;
        columnBlocks = 1;
        for (int factor = 2; wanted > 1; factor++) {
            for (; wanted % factor == 0; wanted /= factor) {
                splitLongerSide(factor);
            }
        }
        rowBlocks = Math.clamp(rowBlocks, 1, Math.max(rowPanels, 1));
        columnBlocks = Math.clamp(columnBlocks, 1, Math.max(columnPanels, 1));
    }

    private void splitLongerSide(int factor) {
        boolean isTall = m / rowBlocks >= n / columnBlocks;
        if (isTall && rowBlocks * factor <= rowPanels || columnBlocks * factor > columnPanels) {
            rowBlocks *= factor;
        } else {
            columnBlocks *= factor;
        }
    }

    int tasks() {
        return Math.multiplyExact(batch, rowBlocks * columnBlocks);
    }

    int matrix(int task) {
        return task / (rowBlocks * columnBlocks);
    }

    int firstRow(int task) {
        return row(task / columnBlocks % rowBlocks);
    }

    int lastRow(int task) {
        return row(task / columnBlocks % rowBlocks + 1);
    }

    int firstColumn(int task) {
        return column(task % columnBlocks);
    }

    int lastColumn(int task) {
        return column(task % columnBlocks + 1);
    }

    /** Where a block of rows begins. */
    private int row(int block) {
        return Math.min((int) ((long) block * rowPanels / rowBlocks) * mr, m);
    }

    private int column(int block) {
        return Math.min((int) ((long) block * columnPanels / columnBlocks) * nr, n);
    }
}
