package dev.lanewise.simd.gemm;

/** How the batch of C is split in blocks that threads compute on their own: whole panels of rows, whole cache lines of columns. */
final class GemmSplit {
    /** Below this a second thread costs more than it gives. */
    private static final long MIN_FLOPS = 1 << 20;
    private int m;
    private int n;
    private int batch;
    private int rowsOfBlock;
    private int columnsOfBlock;
    private int rowBlocks;
    private int columnBlocks;

    /** Set anew for each run, so that runs allocate nothing. */
    void set(int batch, int m, int n, int k, int mr, int nr, int threads) {
        this.batch = batch;
        this.m = m;
        this.n = n;
        long flops = 2L * m * n * k;
        long wanted = threads == 1 ? 1 : Math.min(Math.ceilDiv(4L * threads, batch), Math.max(flops / MIN_FLOPS, 1));
        int rowPanels = Math.ceilDiv(m, mr);
        int columnPanels = Math.ceilDiv(n, nr);
        rowBlocks = 1;
        columnBlocks = 1;
        while ((long) rowBlocks * columnBlocks < wanted) { // the longer side of the blocks
            if (m / rowBlocks > n / columnBlocks && rowBlocks < rowPanels) {
                rowBlocks++;
            } else if (columnBlocks < columnPanels) {
                columnBlocks++;
            } else {
                break;
            }
        }
        rowsOfBlock = Math.ceilDiv(rowPanels, rowBlocks) * mr;
        columnsOfBlock = Math.ceilDiv(columnPanels, columnBlocks) * nr;
        rowBlocks = Math.ceilDiv(m, rowsOfBlock);
        columnBlocks = Math.ceilDiv(n, columnsOfBlock);
    }

    int tasks() {
        return Math.multiplyExact(batch, rowBlocks * columnBlocks);
    }

    int matrix(int task) {
        return task / (rowBlocks * columnBlocks);
    }

    int firstRow(int task) {
        return task / columnBlocks % rowBlocks * rowsOfBlock;
    }

    int lastRow(int task) {
        return Math.min(firstRow(task) + rowsOfBlock, m);
    }

    int firstColumn(int task) {
        return task % columnBlocks * columnsOfBlock;
    }

    int lastColumn(int task) {
        return Math.min(firstColumn(task) + columnsOfBlock, n);
    }
}
