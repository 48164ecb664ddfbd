package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;

/**
 * A panel of A copied row by row to where the L1 cache can hold all of it.
 *
 * <p>Where they lie, rows whose distance is near a multiple of 4 KiB fall on the same sets of the cache and drive each other out: at 1024 and 2048 columns 0.73 to 0.75 of the
 * peak, copied 0.83 to 0.85 (JDK 25, Zen 5).
 */
final class CopiedRows {
    /** From row to row: KC and a little, so that the rows begin at different sets. A constant, which lets the kernels address all rows by one register. */
    static final int LD = NumericsContract.KC + 16;
    /** The most rows. With the constant distance 14x2 spills an accumulator (0.86 to 0.90 of the peak), 12x2 does not (0.96 to 0.98). */
    static final int ROWS = Math.min(RegisterTile.ROWS, 12);

    private CopiedRows() {
    }
}
