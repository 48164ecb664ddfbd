package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;

/** What one thread works with: where the panel of A and the block of B are that it multiplies, copies of them where it made some, and a micro-tile for the edges of C. */
final class FloatGemmScratch {
    private static final int NR = RegisterTile.VECTORS * VectorEnvironment.FLOAT_SPECIES.length();
    private static final int LINE = GemmBlocks.LINE / Float.BYTES;
    private static final float[] NONE = {};

    /** How the rows of a panel of A lie. */
    enum Rows {
        /** In the caller's array. */
        IN_PLACE,
        /** Copied, {@link CopiedRows#LD} apart. */
        COPIED,
        /** As {@link FloatPackedA} says. */
        PACKED
    }

    final FloatEdgeTile tile = new FloatEdgeTile();
    float[] a = NONE;
    int aOffset;
    /** From row to row of A; where it is packed, the same for whole panels. */
    int lda;
    float[] b = NONE;
    int bOffset;
    /** From row to row of B where it is in place; 0 there means one row again and again. */
    int ldb;
    boolean isBPacked;
    /** How far the last panel of B has to begin before its first column, lest it is read behind the end of the array. */
    int shift;
    /** Whether that panel is packed instead. */
    boolean hasLastPanel;
    /** What a fetch read: without a use, the compiler would leave the reads out. */
    float fetched;
    private float[] ownA = NONE;
    private float[] ownB = NONE;

    /** The bytes of the copies and the tile. */
    long bytes() {
        return (long) Float.BYTES * (ownA.length + ownB.length + tile.elements.length);
    }

    void release() {
        a = NONE;
        b = NONE;
    }

    void useA(float[] array, int offset, int ld) {
        a = array;
        aOffset = offset;
        lda = ld;
    }

    void copyA(float[] array, int offset, int ld, int rows, int kc) {
        useA(ownA(Math.max(rows, CopiedRows.ROWS) * CopiedRows.LD), 0, CopiedRows.LD);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(array, offset + i * ld, a, i * CopiedRows.LD, kc);
        }
    }

    void packA(float[] array, int offset, int rowStride, int columnStride, int rows, int kc, int mr) {
        useA(ownA(rows * kc), 0, kc);
        FloatPackedA.pack(rows, kc, array, offset, rowStride, columnStride, mr, a, 0);
    }

    private float[] ownA(int length) {
        if (ownA.length < length) {
            ownA = new float[length];
        }
        return ownA;
    }

    void useB(float[] array, int offset, int ld) {
        b = array;
        bOffset = offset;
        ldb = ld;
        isBPacked = false;
        hasLastPanel = false;
    }

    /**
     * Brings a block of B into the L2 cache by reading it along its rows, an element of each cache line. The micro-kernels read down its columns, mostly a
     * page from row to row, where hardware prefetchers do not follow.
     *
     * <p>Every second line first, the others a row later: by then the prefetcher that completes pairs of lines has mostly brought them.
     */
    void fetchB(int kc, int columns) {
        float sum = 0;
        for (int p = 0; p <= kc; p++) {
            int row = bOffset + p * ldb;
            if (p < kc) {
                for (int j = 0; j < columns; j += 2 * LINE) {
                    sum += b[row + j];
                }
            }
            if (p > 0) {
                for (int j = LINE; j < columns; j += 2 * LINE) {
                    sum += b[row - ldb + j];
                }
            }
        }
        fetched = sum;
    }

    /**
     * Brings some rows of a column of micro-tiles of C into the cache, all of them at a time. Each would otherwise be waited for at the end of its
     * micro-tile: they are rows of C apart.
     */
    void fetchC(float[] c, int offset, int ldc, int rows) {
        float sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += c[offset + i * ldc];
        }
        fetched = sum;
    }

    void usePackedB(float[] array, int offset) {
        useB(array, offset, 0);
        isBPacked = true;
    }

    void packB(float[] array, int offset, int rowStride, int columnStride, int kc, int columns) {
        usePackedB(ownB(kc * FloatPackedB.paddedColumns(columns)), 0);
        FloatPackedB.packBlock(kc, columns, array, offset, rowStride, columnStride, b, 0);
    }

    /** Packs the last panel of a block of B that stays in place. */
    void packLastPanel(float[] array, int offset, int ld, int kc, int columns) {
        int last = columns - 1 - (columns - 1) % NR;
        FloatPackedB.packBlock(kc, columns - last, array, offset + last, ld, 1, ownB(NumericsContract.KC * NR), 0);
        hasLastPanel = true;
    }

    float[] lastPanel() {
        return ownB;
    }

    private float[] ownB(int length) {
        if (ownB.length < length) {
            ownB = new float[length];
        }
        return ownB;
    }
}
