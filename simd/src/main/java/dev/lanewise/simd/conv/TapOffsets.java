package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;

/** Tables of where the taps k = (c*R + r)*S + s of an output pixel are, by their distance from it in elements. */
final class TapOffsets {
    private static final int KC = NumericsContract.KC;

    private TapOffsets() {
    }

    /** For each place r*S + s of the kernel the distance of its tap from that of place 0, in a dense plane of the image itself. */
    static int[] ofKernelInImage(Conv2dShape shape) {
        int columns = shape.columns().kernel();
        int[] offsets = new int[shape.rows().kernel() * columns];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = i / columns * shape.rows().dilation() * shape.columns().input()
                    + i % columns * shape.columns().dilation();
        }
        return offsets;
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
