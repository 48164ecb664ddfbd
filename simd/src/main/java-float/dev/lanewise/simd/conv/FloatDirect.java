package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.FloatPackedA;
import org.jspecify.annotations.Nullable;

/**
 * Convolution straight from a padded copy of some image rows, with no im2col matrix: lanes are output pixels.
 *
 * <p>Wins for kernels larger than 1x1 with little padding, dense, grouped and depthwise: x is copied once where im2col copies it R*S
 * times. Loses where the rows are short against the padding between them, which is computed too (see {@link PhasedImage}).
 */
final class FloatDirect implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final DirectTile tile;
    private final PhasedImage image;
    private final int[] offsets;
    private final float[] packedWeights;
    private final float[] bias;
    private final FloatPaddedRows padded;
    private final int blocks;
    private final int ldc;

    FloatDirect(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape,
                FloatPackedA.packGroups(weight, shape.groups(), shape.groupOutputChannels(), shape.taps(),
                        DirectTile.of(shape.groupOutputChannels()).rows()),
                bias == null ? new float[shape.outputChannels()] : bias.copy().floats(), epilogue);
    }

    private FloatDirect(Conv2dShape shape, float[] packedWeights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.tile = DirectTile.of(shape.groupOutputChannels());
        this.image = new PhasedImage(shape, DirectTile.BLOCK_BYTES / Float.BYTES);
        this.offsets = image.tapOffsets();
        this.padded = new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld);
        this.blocks = Math.ceilDiv(shape.rows().output(), image.blockRows);
        this.ldc = Math.ceilDiv((image.blockRows - 1) * image.ld + shape.columns().output(), LANES) * LANES
                + tile.vectors() * LANES;
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatDirect(shape, packedWeights, bias, epilogue);
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
        return shape.groupInputChannels() * image.channelLength + image.slack() + tile.vectors() * LANES;
    }

    private int outputLength() {
        return shape.groupOutputChannels() * ldc;
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
            multiply(group, (count - 1) * image.ld + shape.columns().output(), inputs[worker], outputs[worker]);
            copyOut(n, group, first, count, outputs[worker]);
        }

        private void multiply(int group, int pixels, float[] input, float[] output) {
            int m = shape.groupOutputChannels();
            int weights = group * m * shape.taps();
            int vectors = Math.ceilDiv(pixels, LANES);
            for (int k0 = 0; k0 < shape.taps(); k0 += NumericsContract.KC) {
                int k1 = Math.min(k0 + NumericsContract.KC, shape.taps());
                for (int v = 0; v < vectors; v += tile.vectors()) {
                    int wide = tile.vectorsFor(vectors - v);
                    for (int i = 0; i < m; i += tile.rows()) {
                        int rows = Math.min(tile.rows(), m - i);
                        int a = weights + FloatPackedA.panel(m, i, k0, k1 - k0);
                        int c = i * ldc + v * LANES;
                        if (k0 == 0) {
                            FloatDirectKernels.start(rows, wide, offsets, k0, k1 - k0, packedWeights, a, input,
                                    v * LANES,
                                    bias, group * m + i, output, c, ldc);
                        } else {
                            FloatDirectKernels.add(rows, wide, offsets, k0, k1 - k0, packedWeights, a, input, v * LANES,
                                    output, c, ldc);
                        }
                    }
                }
            }
        }

        private void copyOut(int n, int group, int first, int count, float[] output) {
            int width = shape.columns().output();
            int m = shape.groupOutputChannels();
            for (int i = 0; i < m; i++) {
                int to = y.at(n, group * m + i, first, 0);
                if (y.column == 1) {
                    FloatRows.copy(output, i * ldc, image.ld, yArray, to, y.row, width, count);
                } else {
                    FloatRows.scatter(output, i * ldc, image.ld, yArray, to, y.row, y.column, width, count);
                }
                finish(n, group * m + i, first * width, count * width, width);
            }
        }
    }
}
