package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * The micro-tile of the direct convolution: few rows leave room for more vectors.
 *
 * @param rows MR, output channels
 * @param vectors vectors of output pixels
 */
record DirectTile(int rows, int vectors) {
    /** What the padded rows of a task may take, so that they and the block's results share an L2 cache of 512 KiB or more. */
    static final int BLOCK_BYTES = 192 * 1024;
    private static final int MAX_ROWS = VectorEnvironment.REGISTERS >= 32 ? 14 : 4;

    /** The tile for a group of m output channels: panels of nearly equal height. */
    static DirectTile of(int m) {
        int rows = Math.ceilDiv(m, Math.max(Math.ceilDiv(m, MAX_ROWS), 1));
        return new DirectTile(rows, VectorEnvironment.REGISTERS >= 32 ? vectorsOf32(rows) : vectorsOf16(rows));
    }

    private static int vectorsOf32(int rows) {
        return rows <= 2 ? 8 : rows <= 6 ? 4 : rows <= 8 ? 3 : 2;
    }

    private static int vectorsOf16(int rows) {
        return rows == 1 ? 8 : rows == 2 ? 4 : 2;
    }

    /** The vectors of a tile at the end of a run: the least for which there is a kernel at every height. */
    int vectorsFor(int left) {
        if (left >= vectors) {
            return vectors;
        }
        return left == 1 ? 1 : left == 2 ? 2 : left <= 4 && vectors > 4 ? 4 : vectors;
    }
}
