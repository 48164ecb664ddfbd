package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.FloatPackedB;
import dev.lanewise.simd.gemm.RegisterTile;
import org.jspecify.annotations.Nullable;

/**
 * Convolution straight from a padded copy of some image rows, with no im2col matrix: lanes are output pixels. With 16 registers, where C2's loop over packed pixels
 * is so much shorter, a tile's pixels are packed for many output channels.
 *
 * <p>Wins for kernels larger than 1x1 with little padding, dense, grouped and depthwise: x is copied once where im2col copies it R*S
 * times. Loses where the rows are short against the padding between them, which is computed too (see {@link PhasedImage}).
 *
 * <p>Tried and no faster: one masked vector for a short row instead of two halves; {@code System.arraycopy} for the copies of a tight
 * layout; a second counter that steps through the weights (7 % slower); tight blocks that the L1 cache holds (an eighth slower).
 */
final class FloatDirect implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int BLOCK_INPUTS = DirectTile.BLOCK_BYTES / Float.BYTES;
    private static final int LARGE_BLOCK_INPUTS = DirectTile.LARGE_BLOCK_BYTES / Float.BYTES;
    /** The most elements of a task's results, but for those of one row. */
    private static final int BLOCK_OUTPUTS = 512 * 1024 / Float.BYTES;
    /** The most elements of results that are kept at a time, which with wide rows are those of some channels. */
    private static final int MAX_OUTPUTS = 768 * 1024 / Float.BYTES;
    /** What one row of results may take, for the output channels of a tile. */
    private static final int MAX_ROW_BYTES = 704 * 1024;
    /** Output channels of a group from which a tight layout gains: it took 7 % longer with 4, and 2 to 12 % less with 8 to 64. */
    private static final int COPIES_PAY = 8;

    /**
     * Output channels of a group that pay for packing the pixels of a tile, with 16 registers, where all taps are one block. With 16 it is no
     * faster in the mean, with 24 and more it takes 2 to 16 % less. Layouts of several blocks are not tight, and their taps share lines in place.
     */
    private static final int PACKING_PAYS = 24;
    /** The same with several blocks of taps: no faster in the mean with 32, 6 to 13 % less with 40 and more. */
    private static final int PACKING_PAYS_IN_BLOCKS = 40;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final DirectTile tile;
    private final PhasedImage image;
    private final boolean isPacked;
    /** Block of taps after block. */
    private final int[][] offsets;
    private final float[] packedWeights;
    private final float[] bias;
    private final BlockCopy copy;
    private final int ldc;
    /** The output channels whose results are kept at a time. */
    private final int keptChannels;

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
        int maxRows = BLOCK_OUTPUTS / Math.max(shape.groupOutputChannels(), 1) / shape.columns().output();
        this.image = isTight(shape) ? PhasedImage.tight(shape, BLOCK_INPUTS, maxRows) : padded(shape, maxRows);
        this.isPacked = isPacked(shape);
        this.offsets = image.tapOffsets();
        this.copy = copy(shape, image);
        this.ldc = Math.ceilDiv((image.blockRows - 1) * image.ld + shape.columns().output(), LANES) * LANES
                + tile.vectors() * LANES;
        int above = image.blockRows > 1 ? Math.max(inputLength() - BLOCK_INPUTS, 0) : 0; // in a large block
        this.keptChannels = Math.min(Math.max((MAX_OUTPUTS - above) / ldc / Math.max(tile.rows(), 1), 1) * tile.rows(),
                shape.groupOutputChannels());
    }

    private static PhasedImage padded(Conv2dShape shape, int maxRows) {
        PhasedImage image = new PhasedImage(shape, shape.groupInputChannels(), BLOCK_INPUTS, maxRows);
        int shared = (shape.rows().span() - 1) / shape.rows().stride();
        return image.blockRows > shared
                ? image
                : new PhasedImage(shape, shape.groupInputChannels(), LARGE_BLOCK_INPUTS, maxRows);
    }

    private static boolean isPacked(Conv2dShape shape) {
        int pays = shape.taps() <= NumericsContract.KC ? PACKING_PAYS : PACKING_PAYS_IN_BLOCKS;
        return VectorEnvironment.REGISTERS < 32 && shape.groupOutputChannels() >= pays;
    }

    private int packedLength() {
        return isPacked ? Math.min(shape.taps(), NumericsContract.KC) * FloatPackedB.NR : 0;
    }

    /** Whether scratch holds the padded rows of one output row, and this row for the channels of a tile. */
    static boolean canCompute(Conv2dShape shape) {
        long row = (long) DirectTile.of(shape.groupOutputChannels()).rows() * shape.columns().output();
        return PhasedImage.fits(shape) && shape.dtype().bytes() * row <= MAX_ROW_BYTES;
    }

    /** Whether the copies of a tight layout pay, which are S to one: its results go straight into y if they are final. */
    private static boolean isTight(Conv2dShape shape) {
        return shape.taps() <= NumericsContract.KC && shape.groupOutputChannels() >= COPIES_PAY
                && PhasedImage.tightFits(shape, BLOCK_INPUTS);
    }

    private static BlockCopy copy(Conv2dShape shape, PhasedImage image) {
        if (image.isTight) {
            return new FloatKernelColumns(shape, image)::copyBlock;
        }
        FloatPaddedRows padded = new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld);
        return (x, layout, n, group, first, count, to) -> padded.copyBlock(image, x, layout, n, group, first, count,
                to);
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
        return (long) Float.BYTES * (inputLength() + outputLength() + packedLength());
    }

    private int inputLength() {
        return shape.groupInputChannels() * image.channelLength + image.slack() + tile.vectors() * LANES;
    }

    private int outputLength() {
        return keptChannels * ldc;
    }

    private final class Run extends FloatRun {
        private final int blockRows;
        private final int blocks;
        private final float[][] inputs;
        private final float[][] outputs;
        private final float[][] panels;

        Run(int parallelism) {
            super(epilogue);
            blockRows = image.rowsOfTask(Math.max(shape.batch() * shape.groups(), 1), parallelism);
            blocks = Math.ceilDiv(shape.rows().output(), blockRows);
            inputs = new float[parallelism][inputLength()];
            outputs = new float[parallelism][outputLength()];
            panels = new float[parallelism][packedLength()];
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks;
        }

        /** One block of output rows of one group in one image. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * blockRows;
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int count = Math.min(blockRows, shape.rows().output() - first);
            int width = shape.columns().output();
            int pixels = (count - 1) * image.ld + width;
            copy.copyBlock(xArray, x, n, group, first, count, inputs[worker]);
            int channel = group * shape.groupOutputChannels();
            if (isWrittenInPlace(pixels)) {
                multiply(worker, group, 0, shape.groupOutputChannels(), pixels, inputs[worker], yArray,
                        y.at(n, channel, first, 0), y.channel, true);
                for (int i = 0; i < shape.groupOutputChannels(); i++) {
                    finish(n, channel + i, first * width, count * width, width);
                }
            } else {
                for (int i = 0; i < shape.groupOutputChannels(); i += keptChannels) {
                    int end = Math.min(i + keptChannels, shape.groupOutputChannels());
                    multiply(worker, group, i, end, pixels, inputs[worker], outputs[worker], 0, ldc, false);
                    copyOut(n, channel + i, channel + end, first, count, outputs[worker]);
                }
            }
        }

        /** Whether the results are one run in y, no shorter than a tile. With one block of taps they are final. */
        private boolean isWrittenInPlace(int pixels) {
            return image.isTight && y.isPlaneDense(shape.columns().output())
                    && pixels >= tile.vectors() * LANES;
        }

        /**
         * The sums of a block for some of the group's output channels.
         *
         * @param isExact whether nothing may be written behind the pixels: the last tile then begins earlier
         */
        private void multiply(int worker, int group, int firstChannel, int endChannel, int pixels, float[] input,
                float[] output,
                int at, int ld, boolean isExact) {
            int m = shape.groupOutputChannels();
            int weights = group * m * shape.taps();
            int vectors = Math.ceilDiv(pixels, LANES);
            for (int k0 = 0; k0 < shape.taps(); k0 += NumericsContract.KC) {
                int k1 = Math.min(k0 + NumericsContract.KC, shape.taps());
                int[] block = offsets[k0 / NumericsContract.KC];
                for (int v = 0, wide; v < vectors; v += wide) {
                    wide = tile.vectorsFor(vectors - v);
                    int first = isExact ? Math.min(v * LANES, pixels - wide * LANES) : v * LANES;
                    boolean packs = isPacked && wide == RegisterTile.VECTORS;
                    if (packs) {
                        FloatTilePacking.packVectors(block, k1 - k0, input, first, panels[worker]);
                    }
                    for (int i = firstChannel; i < endChannel; i += tile.rows()) {
                        int rows = Math.min(tile.rows(), m - i);
                        int a = weights + FloatPackedA.panel(m, i, k0, k1 - k0);
                        int c = at + (i - firstChannel) * ld + first;
                        if (packs) {
                            packedTile(rows, k0, k1 - k0, a, panels[worker], group * m + i, output, c, ld);
                        } else {
                            tile(rows, wide, k0, block, k1 - k0, a, input, first, group * m + i, output, c, ld);
                        }
                    }
                }
            }
        }

        private void packedTile(int rows, int k0, int kc, int a, float[] panel, int channel, float[] output, int c,
                int ld) {
            if (k0 == 0) {
                FloatPackedKernels.startRows(rows, kc, packedWeights, a, panel, 0, bias, channel, output, c, ld);
            } else {
                FloatPackedKernels.add(rows, kc, packedWeights, a, panel, 0, output, c, ld);
            }
        }

        private void tile(int rows, int wide, int k0, int[] block, int kc, int a, float[] input, int first, int channel,
                float[] output, int c, int ld) {
            if (k0 == 0) {
                FloatDirectKernels.start(rows, wide, block, kc, packedWeights, a, input, first, bias, channel, output,
                        c, ld);
            } else {
                FloatDirectKernels.add(rows, wide, block, kc, packedWeights, a, input, first, output, c, ld);
            }
        }

        private void copyOut(int n, int firstChannel, int endChannel, int first, int count, float[] output) {
            int width = shape.columns().output();
            for (int channel = firstChannel; channel < endChannel; channel++) {
                int from = (channel - firstChannel) * ldc;
                int to = y.at(n, channel, first, 0);
                if (y.column == 1) {
                    FloatRows.copy(output, from, image.ld, yArray, to, y.row, width, count);
                } else {
                    FloatRows.scatter(output, from, image.ld, yArray, to, y.row, y.column, width, count);
                }
                finish(n, channel, first * width, count * width, width);
            }
        }
    }

    /** Copies what a block of output rows of one group in one image needs. */
    private interface BlockCopy {
        void copyBlock(float[] x, Layout layout, int n, int group, int first, int count, float[] to);
    }
}
