package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.CacheSizes;
import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * The micro-tile of the direct convolution: few rows and many vectors. A weight that is broadcast then serves more multiply-adds, which counts where
 * broadcasts and multiply-adds share a unit: of 64 channels at 56x56 pixels 6x4 computes at 0.90 of the FMA peak of a Zen 4, and 13x2
 * at 0.85.
 *
 * @param rows MR, output channels
 * @param vectors vectors of output pixels
 */
record DirectTile(int rows, int vectors) {
    private static final int L2 = CacheSizes.ofThisMachine().l2();
    /** What the padded rows of a task may take, so that they and the block's results share an L2 cache of 512 KiB or more. */
    static final int BLOCK_BYTES = 192 * 1024;
    /**
     * What they may take where this many hold no more rows of results than blocks share rows of the image, which each block copies. With 64 channels of 224x224, one row of results to two
     * that are shared, 3 to 7 % faster (L2 cache of 1 MiB, Zen 5); where a block is larger anyway up to 4 % slower.
     */
    static final int LARGE_BLOCK_BYTES = Math.clamp((L2 - 128 * 1024L) / 2, BLOCK_BYTES, 448 * 1024);
    private static final int MAX_ROWS = 6;

    /** The tile for a group of m output channels: panels of nearly equal height. Sharing what is left between the last two, lest one is thin, takes as long (0.94 to 1.06, Zen 3). */
    static DirectTile of(int m) {
        int rows = Math.ceilDiv(m, Math.max(Math.ceilDiv(m, MAX_ROWS), 1));
        return new DirectTile(rows, VectorEnvironment.REGISTERS >= 32 ? vectorsOf32(rows) : vectorsOf16(rows));
    }

    /**
     * Three and four rows have six vectors, for 24 sums at most: with 4 and 8 channels 4x6 takes 5 to 12 % less than 4x4. With 64, panels of four rows take 5 to 7 % longer than
     * panels of 6x4 (Granite Rapids).
     */
    private static int vectorsOf32(int rows) {
        return rows <= 2 ? 8 : rows <= 4 ? 6 : 4;
    }

    /** Three and four rows have twelve sums, for which there are kernels that leave registers for the rest. */
    private static int vectorsOf16(int rows) {
        return rows == 1 ? 8 : rows == 2 || rows == 3 ? 4 : rows == 4 ? 3 : 2;
    }

    /**
     * The vectors of the next tile, where {@code left} are left: the least for which there is a kernel at this height. Some numbers begin with three, because
     * one or two vectors have few multiply-adds to a broadcast. (16 to 16 channels of 14x14, of whose 13 vectors the last 9 are three by three, take 5 % less.)
     */
    int vectorsFor(int left) {
        if (vectors >= 4 && rows > 2) {
            boolean isByThrees = left == 5 || vectors == 4 && (left == 6 || left == 9);
            boolean fits = left == vectors || left > vectors + 2;
            return isByThrees ? 3 : fits ? vectors : Math.min(left, 4);
        }
        if (left >= vectors) {
            return vectors;
        }
        return left == 1 ? 1 : left == 2 ? 2 : left <= 4 && vectors > 4 ? 4 : vectors;
    }
}
