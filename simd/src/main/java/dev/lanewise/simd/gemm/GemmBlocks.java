package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * The cache blocks. KC is part of the numerics contract. A panel of one matrix stays in the L1 cache while a block of the other, half as large as the L2 cache, passes by.
 */
final class GemmBlocks {
    private static final int L2 = CacheSizes.ofThisMachine().l2();

    /**
     * Which panel stays in the L1 cache. With 32 registers the one of A is half as large as that of B, which takes 32 KiB. With 16 registers tiles have few rows,
     * panels of B meet an element of A four times, not fourteen: from the L2 cache they would be too slow.
     */
    static final boolean B_IN_L1 = VectorEnvironment.REGISTERS < 32;

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

    /**
     * MC: the rows of a block of A.
     *
     * @param bytes the size of an element
     */
    static int rows(int bytes) {
        return L2 / 2 / (NumericsContract.KC * bytes);
    }
}
