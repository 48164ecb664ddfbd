package dev.lanewise.simd.conv;

import dev.lanewise.core.numerics.NumericsContract;

/** Tables of where the taps k = (c*R + r)*S + s of an output pixel are, by their distance from it in elements. */
final class TapOffsets {
    private static final int KC = NumericsContract.KC;

    private TapOffsets() {
    }

    /**
     * Block of KC taps after block. A table for each block begins at 0, which leaves a kernel's loop one counter: with two it takes up to a tenth
     * longer.
     *
     * @param channelLength elements from a channel to the next
     * @param ofKernel for each place r*S + s of the kernel the distance of its tap in channel 0
     */
    static int[][] ofBlocks(int taps, int channelLength, int[] ofKernel) {
        int[][] offsets = new int[Math.ceilDiv(taps, KC)][];
        for (int k0 = 0; k0 < taps; k0 += KC) {
            int[] block = new int[Math.min(KC, taps - k0)];
            for (int i = 0; i < block.length; i++) {
                int k = k0 + i;
                block[i] = k / ofKernel.length * channelLength + ofKernel[k % ofKernel.length];
            }
            offsets[k0 / KC] = block;
        }
        return offsets;
    }
}
