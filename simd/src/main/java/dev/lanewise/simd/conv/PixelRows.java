package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;

/**
 * Where the taps of an output pixel lie in its packed row, for one block of KC taps at a time.
 *
 * <p>In memory the channels of a pixel lie side by side, but the contract folds taps k = (c*R + r)*S + s, channels slowest. So rows keep memory's
 * order, {@code [R][S][channels that the block touches]}, and this table leads from tap to tap. Kernels of more taps than {@link #MOST_TAPS}
 * touch one or two channels; their rows are in the order of the fold.
 */
final class PixelRows {
    /** From row to row: room for KC taps with the channels that the first and the last of them only begin. */
    static final int LD = 2 * NumericsContract.KC + 16;
    private static final int MOST_TAPS = NumericsContract.KC / 2;

    /** For each block of taps the place of each in a row. */
    private final int[][] places;
    /** Whether rows are in memory's order. */
    final boolean keepsChannels;
    private final int kernel;

    PixelRows(Conv2dShape shape) {
        kernel = shape.rows().kernel() * shape.columns().kernel();
        keepsChannels = kernel <= MOST_TAPS;
        places = new int[Math.ceilDiv(shape.taps(), NumericsContract.KC)][];
        for (int k0 = 0; k0 < shape.taps(); k0 += NumericsContract.KC) {
            places[k0 / NumericsContract.KC] = places(k0, Math.min(NumericsContract.KC, shape.taps() - k0));
        }
    }

    private int[] places(int k0, int kc) {
        int[] ofBlock = new int[kc];
        for (int i = 0; i < kc; i++) {
            int k = k0 + i;
            ofBlock[i] = keepsChannels ? k % kernel * channels(k0, kc) + k / kernel - firstChannel(k0) : i;
        }
        return ofBlock;
    }

    /** For each tap of a block its place in a row. */
    int[] places(int k0) {
        return places[k0 / NumericsContract.KC];
    }

    /** The first channel that a block touches. */
    int firstChannel(int k0) {
        return k0 / kernel;
    }

    /** The channels that a block of kc taps touches. */
    int channels(int k0, int kc) {
        return (k0 + kc - 1) / kernel - k0 / kernel + 1;
    }
}
