package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.RegisterTile;

/**
 * The direct convolution of a run of pixels: block of taps after block, tile after tile, so that the caches need hold the weights of one block alone. With the blocks inside a tile it is as
 * fast where they hold them all (64 and 128 channels, Granite Rapids).
 */
final class FloatDirectTiles {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();

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
        int vectors = Math.ceilDiv(pixels, LANES);
        int v = 0;
        for (int k0 = 0; k0 < taps; k0 += NumericsContract.KC) {
            int[] block = offsets[k0 / NumericsContract.KC];
            v = 0;
            for (int wide; v < vectors; v += wide) {
                wide = tile.vectorsFor(vectors - v);
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

    /** One block of taps of one tile of pixels. */
    private void channels(int group, int firstChannel, int endChannel, int k0, int[] block, int wide, float[] input,
            int inputAt, float[] panel, float[] output, int outputAt, int ld) {
        int kc = block.length;
        boolean packs = isPacked && wide == RegisterTile.VECTORS;
        if (packs) {
            FloatTilePacking.packVectors(block, kc, input, inputAt, panel);
        }
        for (int i = firstChannel; i < endChannel; i += tile.rows()) {
            int rows = Math.min(tile.rows(), m - i);
            int a = group * m * taps + FloatPackedA.panel(m, i, k0, kc);
            int c = outputAt + (i - firstChannel) * ld;
            if (packs) {
                packed(rows, k0, kc, a, panel, group * m + i, output, c, ld);
            } else {
                inPlace(rows, wide, k0, block, a, input, inputAt, group * m + i, output, c, ld);
            }
        }
    }

    private void packed(int rows, int k0, int kc, int a, float[] panel, int channel, float[] output, int c, int ld) {
        if (k0 == 0) {
            FloatPackedKernels.startRows(rows, kc, packedWeights, a, panel, 0, bias, channel, output, c, ld);
        } else {
            FloatPackedKernels.add(rows, kc, packedWeights, a, panel, 0, output, c, ld);
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
