package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;

/** The cache blocks. KC is part of the numerics contract; NC is such that a block of B takes half the L2 cache; MC is a panel, which stays in the L1 cache. */
final class GemmBlocks {
    private static final int L2 = CacheSizes.ofThisMachine().l2();

    private GemmBlocks() {
    }

    /**
     * NC: the columns of a block of B.
     *
     * @param nr the columns of a micro-panel
     * @param bytes the size of an element
     */
    static int columns(int nr, int bytes) {
        return Math.max(L2 / 2 / (NumericsContract.KC * bytes) / nr, 1) * nr;
    }
}
