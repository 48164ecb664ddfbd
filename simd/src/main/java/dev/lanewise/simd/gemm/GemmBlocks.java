package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.CacheSizes;
import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * The cache blocks, and which operands are copied. KC is part of the numerics contract. A panel of one matrix stays in the L1 cache while a block of the other, half as large
 * as the L2 cache, passes by.
 *
 * <p>A copy of a row-major operand costs a few percent, so there is one only where reading in place costs more; the measurements are in docs/gemm.md.
 */
final class GemmBlocks {
    /** A cache line in bytes. */
    static final int LINE = 64;
    /** Addresses that differ by a multiple of this fall on the same set of an L1 cache, whose ways are a page large. */
    private static final int WAY = 4096;
    private static final int L2 = CacheSizes.ofThisMachine().l2();

    /**
     * Which panel stays in the L1 cache. With 32 registers the one of A is half as large as that of B, which takes 32 KiB. With 16 registers tiles have few rows,
     * panels of B meet an element of A six times, not fourteen: from the L2 cache they would be too slow.
     */
    static final boolean B_IN_L1 = VectorEnvironment.REGISTERS < 32;
    /** A panel of A is worth a copy when it meets so many panels of B. */
    private static final int COPY_PANELS = 16;
    private static final int COPY_ROWS = 128;
    /** A block of B is worth packing when it meets so many rows of A, ... */
    private static final int PACK_ROWS = 896;
    /** ... or so many where its rows lie on the same sets. */
    private static final int PACK_ROWS_ON_SAME_SETS = 256;
    /** With 16 registers, where it is read from the L1 cache, so many. */
    private static final int PACK_ROWS_FOR_L1 = 64;

    /** So many tiles of a column of C are fetched at a time: all their rows may lie on the same sets of the L2 cache, which hold a few dozen. */
    static final int FETCHED_TILES = 8;

    private GemmBlocks() {
    }

    /**
     * NC: the columns of a block of B.
     *
     * @param kc the rows of the block
     * @param nr the columns of a micro-panel
     * @param bytes the size of an element
     */
    static int columns(int kc, int nr, int bytes) {
        return Math.max(L2 * 3 / 8 / (kc * bytes) / nr, 1) * nr;
    }

    /**
     * NC where panels of A are copied for each block of B: all blocks alike, and as many as come nearest, so that none is thin and A is not copied for it.
     *
     * @param n the columns
     * @param nc of a block of three eighths of the L2 cache; there will be half as much again at most
     * @param nr the columns of a micro-panel
     */
    static int likeColumns(int n, int nc, int nr) {
        int blocks = Math.max(n / nc + (n % nc > nc / 2 ? 1 : 0), 1);
        return Math.ceilDiv(Math.ceilDiv(n, blocks), nr) * nr;
    }

    /**
     * MC: the rows of a block of A.
     *
     * @param bytes the size of an element
     */
    static int rows(int bytes) {
        return L2 * 3 / 8 / (NumericsContract.KC * bytes);
    }

    /**
     * Whether panels of a row-major A are copied.
     *
     * @param m the rows of A
     * @param panels of B, which each panel of A meets
     * @param ld from row to row of A
     */
    static boolean copiesA(int m, int panels, int ld, int bytes) {
        return !B_IN_L1 && panels >= COPY_PANELS && (m >= COPY_ROWS || onSameSets(ld, bytes));
    }

    /**
     * Whether whole blocks of a row-major A are copied, where B is the one in the L1 cache: where A is too large to be in the L2 cache already.
     *
     * @param panels of B, which the block of A meets
     */
    static boolean copiesBlockOfA(int m, int panels, int k, int bytes) {
        return B_IN_L1 && panels >= COPY_PANELS && (long) m * k * bytes > 2L * L2;
    }

    /**
     * Whether blocks of a row-major B are packed: where there are rows of A enough to pay for it.
     *
     * @param m the rows of A
     * @param ld from row to row of B
     */
    static boolean packsB(int m, int ld, int bytes) {
        return m >= (B_IN_L1 ? PACK_ROWS_FOR_L1 : onSameSets(ld, bytes) ? PACK_ROWS_ON_SAME_SETS : PACK_ROWS);
    }

    /** Whether blocks of B that stay in place are {@linkplain FloatGemmScratch#fetchB fetched}: where B is too large to be in the L2 cache already. */
    static boolean fetchesB(int k, int n, int bytes) {
        return !B_IN_L1 && (long) k * n * bytes > 2L * L2;
    }

    /** Whether columns of tiles of C are {@linkplain FloatGemmScratch#fetchC fetched}: where they are gone down, and C is too large to be in the L2 cache already. */
    static boolean fetchesC(int m, int n, int bytes) {
        return B_IN_L1 && (long) m * n * bytes > L2 / 2;
    }

    /** Whether rows are a multiple of a way apart, or nearly so. */
    private static boolean onSameSets(int ld, int bytes) {
        long distance = (long) ld * bytes % WAY;
        return Math.min(distance, WAY - distance) < LINE / 2;
    }
}
