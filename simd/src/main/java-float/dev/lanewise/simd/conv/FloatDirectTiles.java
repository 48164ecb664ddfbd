package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.RegisterTile;

/**
 * The direct convolution of a run of pixels: block of taps after block, tile after tile, so that the caches need hold the weights of one block alone. With the blocks inside a tile it is as
 * fast where they hold them all (64 and 128 channels, Granite Rapids). One block of a long run goes panel of weights after panel instead, and writes its results in long rows.
 */
final class FloatDirectTiles {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    /** The vectors of a tile that is packed. */
    private static final int VECTORS = RegisterTile.VECTORS;
    private static final int NR = VECTORS * LANES;
    /**
     * What the tiles that are packed together may take, unless it is one. A panel of weights then serves them all, and results are written in longer runs: with 3 input
     * channels 3x3 to 64 takes half of the time, 3x3 s2 to 32 0.86, 7x7 s2 to 64 0.92; with 12 KiB the first two take 3 to 6 % longer (L1 cache of 32 KiB, Zen 3).
     */
    private static final int BUNDLE_BYTES = 20 * 1024;
    /**
     * Pixels of a run that is computed panel of weights after panel: the memory takes long rows of results faster than short ones. With 3 to 28 input channels it takes 0.73 to 0.97 of the
     * time where y comes from memory, as long to 0.84 where it is in a cache; runs of 64 and 112 pixels, rows of an image, take 1.05 to 1.12 times as long (Zen 4).
     */
    private static final int LONG_RUN = 256;

    /** The output channels of a group, and the taps: a shape divides for them, which takes as long as some taps of a tile. */
    private final int m;
    private final int taps;
    private final DirectTile tile;
    private final float[] packedWeights;
    private final float[] bias;
    /** Whether tiles of pixels are packed. */
    private final boolean isPacked;

    /** @param packedWeights {@link FloatPackedA}, in panels of the tile's rows */
    FloatDirectTiles(Conv2dShape shape, DirectTile tile, float[] packedWeights, float[] bias, boolean isPacked) {
        this.m = shape.groupOutputChannels();
        this.taps = shape.taps();
        this.tile = tile;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.isPacked = isPacked;
    }

    /**
     * The sums of a run for some of a group's output channels.
     *
     * @param offsets {@link TapOffsets}
     * @param inputAt where the first pixel's taps are counted from
     * @param panel room for packed pixels
     * @param ld elements from an output channel to the next
     * @param isExact whether nothing may be written behind the pixels, a tile of them or more: the last tile then begins earlier
     */
    void multiply(int group, int firstChannel, int endChannel, int[][] offsets, float[] input, int inputAt, int pixels,
            float[] panel, float[] output, int outputAt, int ld, boolean isExact) {
        boolean isLongRun = isExact && taps <= NumericsContract.KC && pixels >= LONG_RUN;
        int channels = isLongRun && !isPacked ? tile.rows() : endChannel - firstChannel;
        for (int i = firstChannel; i < endChannel; i += channels) {
            blocks(group, i, Math.min(i + channels, endChannel), offsets, input, inputAt, pixels, panel, output,
                    outputAt + (i - firstChannel) * ld, ld, isExact);
        }
    }

    /** All blocks of taps of some output channels. */
    private void blocks(int group, int firstChannel, int endChannel, int[][] offsets, float[] input, int inputAt,
            int pixels, float[] panel, float[] output, int outputAt, int ld, boolean isExact) {
        int vectors = Math.ceilDiv(pixels, LANES);
        int v = 0;
        for (int k0 = 0; k0 < taps; k0 += NumericsContract.KC) {
            int[] block = offsets[k0 / NumericsContract.KC];
            v = 0;
            for (int wide; v < vectors; v += wide) {
                int left = isExact ? pixels / LANES - v : vectors - v;
                wide = isPacked && left >= VECTORS ? bundled(block.length, left) : tile.vectorsFor(vectors - v);
                if (isExact && (v + wide) * LANES > pixels) {
                    break;
                }
                channels(group, firstChannel, endChannel, k0, block, wide, input, inputAt + v * LANES, panel, output,
                        outputAt + v * LANES, ld);
            }
        }
        if (v < vectors) { // overlaps the tile before it, all of whose sums are complete, and begins them anew
            int wide = tile.vectorsFor(vectors - v);
            int pixel = pixels - wide * LANES;
            for (int k0 = 0; k0 < taps; k0 += NumericsContract.KC) {
                channels(group, firstChannel, endChannel, k0, offsets[k0 / NumericsContract.KC], wide, input,
                        inputAt + pixel, panel, output, outputAt + pixel, ld);
            }
        }
    }

    /** The vectors of the tiles that are packed together, of two that are left or more. */
    private static int bundled(int kc, int left) {
        int most = Math.max(BUNDLE_BYTES / (kc * NR * Float.BYTES), 1);
        return Math.min(left / VECTORS, most) * VECTORS;
    }

    /** The elements of tiles that are packed together, at most. */
    static int packedLength(int taps) {
        return Math.max(BUNDLE_BYTES / Float.BYTES, Math.min(taps, NumericsContract.KC) * NR);
    }

    /** One block of taps of one tile of pixels, or of some that are packed. */
    private void channels(int group, int firstChannel, int endChannel, int k0, int[] block, int wide, float[] input,
            int inputAt, float[] panel, float[] output, int outputAt, int ld) {
        int kc = block.length;
        boolean packs = isPacked && wide >= VECTORS;
        for (int i = firstChannel; i < endChannel; i += tile.rows()) {
            int rows = Math.min(tile.rows(), m - i);
            int a = group * m * taps + FloatPackedA.panel(m, i, k0, kc);
            int c = outputAt + (i - firstChannel) * ld;
            if (!packs) {
                inPlace(rows, wide, k0, block, a, input, inputAt, group * m + i, output, c, ld);
            }
            for (int v = 0; packs && v < wide; v += VECTORS) {
                int b = v * LANES * kc;
                if (i == firstChannel) {
                    packing(rows, k0, block, a, input, inputAt + v * LANES, panel, b, group * m + i, output,
                            c + v * LANES, ld);
                } else {
                    packed(rows, k0, kc, a, panel, b, group * m + i, output, c + v * LANES, ld);
                }
            }
        }
    }

    /** The first panel of weights for a tile, which is packed for the others. */
    private void packing(int rows, int k0, int[] block, int a, float[] input, int at, float[] panel, int b,
            int channel, float[] output, int c, int ld) {
        if (k0 == 0) {
            FloatPackingKernels.start(rows, block, block.length, packedWeights, a, input, at, panel, b, bias,
                    channel, output, c, ld);
        } else {
            FloatPackingKernels.add(rows, block, block.length, packedWeights, a, input, at, panel, b, output, c, ld);
        }
    }

    private void packed(int rows, int k0, int kc, int a, float[] panel, int b, int channel, float[] output, int c,
            int ld) {
        if (k0 == 0) {
            FloatPackedKernels.start(rows, kc, packedWeights, a, panel, b, bias, channel, output, c, ld);
        } else {
            FloatPackedKernels.add(rows, kc, packedWeights, a, panel, b, output, c, ld);
        }
    }

    private void inPlace(int rows, int wide, int k0, int[] block, int a, float[] input, int at, int channel,
            float[] output, int c, int ld) {
        if (k0 == 0) {
            FloatDirectKernels.start(rows, wide, block, block.length, packedWeights, a, input, at, bias, channel,
                    output, c, ld);
        } else {
            FloatDirectKernels.add(rows, wide, block, block.length, packedWeights, a, input, at, output, c, ld);
        }
    }
}
