package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;

/**
 * The taps of a {@link PixelRegion} in a block of KC taps k = (c*R + r)*S + s, in rising order: skipped taps move no block's boundary.
 *
 * <p>Listed anew for each block, which takes a small part of the time that the block takes; a list of all blocks would make plans large.
 */
final class TapList {
    private final Conv2dShape shape;
    private final PixelRegion region;
    private final int channelLength;
    private final int[] kernelOffsets;
    /** The taps, counted from the first one of the block. */
    final int[] taps = new int[NumericsContract.KC];
    /** For each tap the distance of its pixel from the output pixel, in an image that begins with the block's first channel. */
    final int[] offsets = new int[NumericsContract.KC];
    private int count;

    /**
     * An empty list.
     *
     * @param channelLength elements from a channel of the image to the next
     * @param kernelOffsets {@link PhasedImage#kernelOffsets}
     */
    TapList(Conv2dShape shape, PixelRegion region, int channelLength, int[] kernelOffsets) {
        this.shape = shape;
        this.region = region;
        this.channelLength = channelLength;
        this.kernelOffsets = kernelOffsets;
    }

    /** What a list takes, in bytes. */
    static long bytes() {
        return 2L * Integer.BYTES * NumericsContract.KC;
    }

    /** Lists the taps from {@code k0} to {@code k1 - 1}, at most KC. */
    void list(int k0, int k1) {
        int kernelColumns = shape.columns().kernel();
        int firstColumn = region.columns().firstTap();
        int endColumn = region.columns().endTap();
        int n = 0;
        int channel = 0;
        for (int start = k0 - k0 % kernelOffsets.length; start < k1; start += kernelOffsets.length) {
            for (int r = region.rows().firstTap(); r < region.rows().endTap(); r++) {
                int row = start + r * kernelColumns;
                int end = Math.min(endColumn, k1 - row);
                for (int s = Math.max(firstColumn, k0 - row); s < end; s++) {
                    taps[n] = row + s - k0;
                    offsets[n++] = channel + kernelOffsets[r * kernelColumns + s];
                }
            }
            channel += channelLength;
        }
        count = n;
    }

    int count() {
        return count;
    }
}
