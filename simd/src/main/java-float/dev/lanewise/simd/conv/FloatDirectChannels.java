package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import org.jspecify.annotations.Nullable;

/**
 * Convolution straight from a padded copy of some image rows, as {@link FloatDirect}, but with lanes that are output channels.
 *
 * <p>Wins on small images with many channels: a row of 7 or 14 pixels fills its tiles, where vectors of pixels would compute the
 * padding between rows as well. The results of a block are transposed when they are written, which costs too much where few taps
 * are folded.
 */
final class FloatDirectChannels implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int KC = NumericsContract.KC;
    private static final int VECTORS = VectorEnvironment.REGISTERS >= 32 ? 3 : 2;
    private static final int MAX_PIXELS = VectorEnvironment.REGISTERS >= 32 ? 8 : 4;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final PhasedImage image;
    private final FloatPaddedRows padded;
    private final int[] offsets;
    /** The vectors of a group's output channels. */
    private final int vectors;
    /** Group after group, block of taps after block, panel of channels after panel: [taps][vectors of the panel * LANES]. */
    private final float[] packedWeights;
    private final float[] bias;
    private final int blocks;
    private final int ldc;

    FloatDirectChannels(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.image = new PhasedImage(shape, DirectTile.BLOCK_BYTES / Float.BYTES);
        this.padded = new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld);
        this.offsets = image.tapOffsets();
        this.vectors = Math.ceilDiv(shape.groupOutputChannels(), LANES);
        this.packedWeights = pack(weight.reshape(shape.outputChannels(), shape.taps()));
        this.bias = new float[shape.groups() * vectors * LANES];
        if (bias != null) {
            int m = shape.groupOutputChannels();
            float[] values = bias.copy().floats();
            for (int g = 0; g < shape.groups(); g++) {
                System.arraycopy(values, g * m, this.bias, g * vectors * LANES, m);
            }
        }
        this.blocks = Math.ceilDiv(shape.rows().output(), image.blockRows);
        this.ldc = (vectors + 1) * LANES; // one vector more, lest pixels lie a power of two apart, in one set of the cache
    }

    private float[] pack(Tensor rows) {
        int m = shape.groupOutputChannels();
        float[] from = rows.floats();
        float[] packed = new float[Math.multiplyExact(shape.groups() * shape.taps(), vectors * LANES)];
        int to = 0;
        for (int g = 0; g < shape.groups(); g++) {
            for (int k0 = 0; k0 < shape.taps(); k0 += KC) {
                int k1 = Math.min(k0 + KC, shape.taps());
                for (int v = 0; v < vectors; v += VECTORS) {
                    int first = v * LANES;
                    int width = Math.min(VECTORS, vectors - v) * LANES;
                    for (int k = k0; k < k1; k++) {
                        for (int i = first; i < Math.min(first + width, m); i++) {
                            packed[to + i - first] = from[rows.offset() + (g * m + i) * rows.stride(0)
                                    + k * rows.stride(1)];
                        }
                        to += width;
                    }
                }
            }
        }
        return packed;
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (inputLength() + outputLength());
    }

    private int inputLength() {
        return shape.groupInputChannels() * image.channelLength + image.slack();
    }

    private int outputLength() {
        return image.blockRows * shape.columns().output() * ldc;
    }

    private final class Run extends FloatRun {
        private final float[][] inputs;
        private final float[][] outputs;

        Run(int parallelism) {
            super(epilogue);
            inputs = new float[parallelism][inputLength()];
            outputs = new float[parallelism][outputLength()];
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks;
        }

        /** One block of output rows of one group in one image. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * image.blockRows;
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int count = Math.min(image.blockRows, shape.rows().output() - first);
            padded.copyBlock(image, xArray, x, n, group, first, count, inputs[worker]);
            for (int k0 = 0; k0 < shape.taps(); k0 += KC) {
                multiply(group, k0, Math.min(k0 + KC, shape.taps()), count, inputs[worker], outputs[worker]);
            }
            copyOut(n, group, first, count, outputs[worker]);
            int width = shape.columns().output();
            int m = shape.groupOutputChannels();
            for (int channel = group * m; channel < (group + 1) * m; channel++) {
                finish(n, channel, first * width, count * width, width);
            }
        }

        /** One block of taps; its weights for a panel of channels stay in the cache while all pixels pass over them. */
        private void multiply(int group, int k0, int k1, int count, float[] input, float[] output) {
            int width = shape.columns().output();
            int tiles = Math.ceilDiv(width, MAX_PIXELS);
            for (int v = 0; v < vectors; v += VECTORS) {
                int wide = Math.min(VECTORS, vectors - v);
                int w = (group * shape.taps() * vectors + k0 * vectors + v * (k1 - k0)) * LANES;
                for (int p = 0; p < count; p++) {
                    for (int t = 0; t < tiles; t++) {
                        int q = t * width / tiles;
                        int pixels = (t + 1) * width / tiles - q;
                        int c = (p * width + q) * ldc + v * LANES;
                        tile(pixels, wide, k0, k1, input, p * image.ld + q, w, (group * vectors + v) * LANES, output,
                                c);
                    }
                }
            }
        }

        private void tile(int pixels, int wide, int k0, int k1, float[] input, int at, int w, int b, float[] output,
                int c) {
            if (k0 == 0) {
                FloatChannelKernels.start(pixels, wide, offsets, k0, k1, input, at, packedWeights, w, wide * LANES,
                        bias, b, output, c, ldc);
            } else {
                FloatChannelKernels.add(pixels, wide, offsets, k0, k1, input, at, packedWeights, w, wide * LANES,
                        output, c, ldc);
            }
        }

        private void copyOut(int n, int group, int first, int count, float[] output) {
            int m = shape.groupOutputChannels();
            int width = shape.columns().output();
            int plane = y.offset + n * y.image + group * m * y.channel + first * y.row;
            for (int c0 = 0; c0 < m; c0 += LANES) {
                int c1 = Math.min(c0 + LANES, m);
                for (int p = 0; p < count; p++) {
                    for (int q = 0; q < width; q++) {
                        int from = (p * width + q) * ldc;
                        int to = plane + p * y.row + q * y.column;
                        for (int c = c0; c < c1; c++) {
                            yArray[to + c * y.channel] = output[from + c];
                        }
                    }
                }
            }
        }
    }
}
