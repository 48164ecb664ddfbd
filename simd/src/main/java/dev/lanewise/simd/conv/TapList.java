package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import java.util.Arrays;

/** The taps k = (c*R + r)*S + s of a rectangle of the kernel, in all channels, in rising order. */
final class TapList {
    /** The taps. */
    final int[] taps;
    /** For each tap the distance of its pixel from the output pixel, in a {@link PhasedImage}. */
    final int[] offsets;
    /** Block b of KC taps has entries {@code starts[b]} to {@code starts[b + 1] - 1}: skipped taps move no boundary. */
    private final int[] starts;

    TapList(Conv2dShape shape, PixelRegion region, int[] tapOffsets) {
        int kernelColumns = shape.columns().kernel();
        int kernelRows = shape.rows().kernel();
        taps = new int[shape.groupInputChannels() * region.rows().taps() * region.columns().taps()];
        int i = 0;
        for (int c = 0; c < shape.groupInputChannels(); c++) {
            for (int r = region.rows().firstTap(); r < region.rows().endTap(); r++) {
                for (int s = region.columns().firstTap(); s < region.columns().endTap(); s++) {
                    taps[i++] = (c * kernelRows + r) * kernelColumns + s;
                }
            }
        }
        offsets = Arrays.stream(taps).map(k -> tapOffsets[k]).toArray();
        starts = new int[Math.ceilDiv(shape.taps(), NumericsContract.KC) + 1];
        for (int b = 0; b < starts.length; b++) {
            int found = Arrays.binarySearch(taps, b * NumericsContract.KC);
            starts[b] = found < 0 ? -found - 1 : found;
        }
    }

    /** The first entry of the block that begins with tap {@code k0}. */
    int first(int k0) {
        return starts[k0 / NumericsContract.KC];
    }

    /** Behind the last entry of the block that begins with tap {@code k0}. */
    int end(int k0) {
        return starts[k0 / NumericsContract.KC + 1];
    }
}
