package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import java.util.Arrays;

/** The taps of a {@link PixelRegion} in a block of KC taps k = (c*R + r)*S + s, in rising order: skipped taps move no block's boundary. */
final class TapList {
    private static final int KC = NumericsContract.KC;

    /**
     * For each tap two numbers: the tap, counted from the first one of the block, and its offset, the distance of its pixel from the output pixel, in an
     * image that begins with the block's first channel.
     */
    final int[] steps;
    /** The tap from which on they come in pairs of neighbours, or -1 if they do not; the last one may be alone. */
    final int pairsFrom;

    /**
     * Lists the taps of a block.
     *
     * @param channelLength elements from a channel of the image to the next
     * @param kernelOffsets {@link PhasedImage#kernelOffsets}
     */
    private TapList(Conv2dShape shape, PixelRegion region, int channelLength, int[] kernelOffsets, int k0) {
        int k1 = Math.min(k0 + KC, shape.taps());
        int[] found = new int[2 * (k1 - k0)];
        int n = 0;
        int channel = 0;
        for (int start = k0 - k0 % kernelOffsets.length; start < k1; start += kernelOffsets.length) {
            for (int r = region.rows().firstTap(); r < region.rows().endTap(); r++) {
                int row = start + r * shape.columns().kernel();
                int end = Math.min(region.columns().endTap(), k1 - row);
                for (int s = Math.max(region.columns().firstTap(), k0 - row); s < end; s++) {
                    found[n++] = row + s - k0;
                    found[n++] = channel + kernelOffsets[row - start + s];
                }
            }
            channel += channelLength;
        }
        steps = Arrays.copyOf(found, n);
        pairsFrom = isPairedFrom(0) ? 0 : isPairedFrom(1) ? 1 : -1;
    }

    private boolean isPairedFrom(int first) {
        for (int i = first; i + 1 < count(); i += 2) {
            if (steps[2 * i + 2] != steps[2 * i] + 1) {
                return false;
            }
        }
        return first <= count();
    }

    /** The lists of a region for each block. Those of blocks that begin at the same place of the kernel are the same. */
    static TapList[] ofBlocks(Conv2dShape shape, PixelRegion region, int channelLength, int[] kernelOffsets) {
        TapList[] blocks = new TapList[Math.ceilDiv(shape.taps(), KC)];
        int period = period(kernelOffsets.length);
        for (int b = 0; b < blocks.length; b++) {
            boolean isLike = b >= period && (b + 1) * KC <= shape.taps();
            blocks[b] = isLike
                    ? blocks[b - period]
                    : new TapList(shape, region, channelLength, kernelOffsets, b * KC);
        }
        return blocks;
    }

    /** At most what the lists of a region take, in bytes. */
    static long bytes(Conv2dShape shape) {
        int kernel = shape.rows().kernel() * shape.columns().kernel();
        int lists = Math.min(Math.ceilDiv(shape.taps(), KC), period(kernel) + 1);
        return 2L * Integer.BYTES * Math.min(lists * KC, shape.taps());
    }

    /** The blocks after which the place in the kernel comes again. KC is a power of two. */
    private static int period(int kernel) {
        return kernel / Math.min(Integer.lowestOneBit(kernel), KC);
    }

    int count() {
        return steps.length / 2;
    }
}
