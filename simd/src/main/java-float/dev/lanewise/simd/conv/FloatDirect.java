package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.FloatPackedA;
import org.jspecify.annotations.Nullable;

/**
 * Convolution straight from the image where no tap of its rows meets padding ({@link InsideRows}), else from a padded copy of some rows, with no im2col matrix: lanes are output
 * pixels. With 16 registers, where C2's loop over packed pixels is so much shorter, a tile's pixels are packed for many output channels.
 *
 * <p>Wins for kernels larger than 1x1 with little padding, dense, grouped and depthwise: x is copied once at most where im2col copies it R*S
 * times. Loses where the rows are short against the padding between them, which is computed too (see {@link PhasedImage}).
 *
 * <p>Tried and no faster: one masked vector for a short row instead of two halves; {@code System.arraycopy} for the copies of a tight
 * layout; a second counter that steps through the weights (7 % slower); tight blocks that the L1 cache holds (an eighth slower);
 * with 16 registers packing straight from x, the lanes of padding blended away (64 channels of 56x56 take from 5 % less to 2 % more time, of 224x224 as long
 * once its rows are read ahead).
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
     * Taps up to which a copy of the results costs more than narrow tiles at the end of each row: with 36 and rows of five vectors 1.16 times as long, with 576 a tenth less
     * (Granite Rapids).
     */
    private static final int COPIES_COST = 128;
    /**
     * The pixels of a tile for all taps, in bytes, up to which it gains in any case. Its taps share no lines, and beside an L1 cache of 48 KiB, into which they hardly fit, 37 KB took 10 to
     * 20 % longer (Granite Rapids, rows of 40 to 224 pixels); in rows of 28 as long, and of 14 less, because such rows are full of padding.
     */
    private static final int TIGHT_BYTES = 24 * 1024;
    private static final int SHORT_ROW = 32;

    /**
     * Output channels of a group that pay for packing the pixels of a tile, with 16 registers, where all taps are one block. With 16 it is no
     * faster in the mean, with 24 and more it takes 2 to 16 % less. Layouts of several blocks are not tight, and their taps share lines in place.
     */
    private static final int PACKING_PAYS = 24;
    /** The same with several blocks of taps: 2 % longer with 24, 6 to 13 % less with 32 and more. */
    private static final int PACKING_PAYS_IN_BLOCKS = 32;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final DirectTile tile;
    private final PhasedImage image;
    /** Block of taps after block. */
    private final int[][] offsets;
    private final float[] packedWeights;
    private final float[] bias;
    private final BlockCopy copy;
    private final FloatDirectTiles tiles;
    private final InsideRows inside;
    private final FloatBorderColumns border;
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
        this.offsets = image.tapOffsets();
        this.inside = new InsideRows(shape);
        this.copy = copy(shape, image, !inside.isEmpty());
        this.tiles = new FloatDirectTiles(shape, tile, packedWeights, bias, isPacked(shape));
        this.border = new FloatBorderColumns(shape, inside, image.blockRows);
        this.ldc = Math.ceilDiv((image.blockRows - 1) * image.ld + shape.columns().output(), LANES) * LANES
                + tile.vectors() * LANES;
        int above = image.blockRows > 1 ? Math.max(inputLength() - BLOCK_INPUTS, 0) : 0; // in a large block
        this.keptChannels = Math.min(
                Math.max((MAX_OUTPUTS - above - borderLength()) / ldc / Math.max(tile.rows(), 1), 1) * tile.rows(),
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
        return isPacked(shape) ? FloatDirectTiles.packedLength(shape.taps()) : 0;
    }

    /** Whether scratch holds the padded rows of one output row, and this row for the channels of a tile. */
    static boolean canCompute(Conv2dShape shape) {
        long row = (long) DirectTile.of(shape.groupOutputChannels()).rows() * shape.columns().output();
        return PhasedImage.fits(shape) && shape.dtype().bytes() * row <= MAX_ROW_BYTES;
    }

    /**
     * Whether a block shares more rows of the image with its neighbours than it computes, which each of them copies. With 64 channels of 33x33 dilated by 12, where padding is computed besides, im2col takes
     * three quarters of the time. Where blocks share fewer, the direct algorithm takes three quarters (16 channels of the same) to a twentieth (depthwise 9x9 of 14x14) of that of im2col (Zen 5).
     */
    static boolean copiesRowsAgain(Conv2dShape shape) {
        int most = DirectTile.LARGE_BLOCK_BYTES / shape.dtype().bytes();
        int shared = (shape.rows().span() - 1) / shape.rows().stride();
        return new PhasedImage(shape, most).blockRows <= Math.min(shared, shape.rows().output() - 1);
    }

    /** Whether the copies of a tight layout pay, which are S to one: its results go straight into y, one run that is final. */
    private static boolean isTight(Conv2dShape shape) {
        int m = shape.groupOutputChannels();
        int bytes = shape.taps() * DirectTile.of(m).vectors() * LANES * Float.BYTES;
        return shape.taps() <= NumericsContract.KC && m >= COPIES_PAY && PhasedImage.tightFits(shape, BLOCK_INPUTS)
                && (bytes <= TIGHT_BYTES || shape.columns().output() < SHORT_ROW);
    }

    private static BlockCopy copy(Conv2dShape shape, PhasedImage image, boolean isCut) {
        if (image.isTight) {
            return new FloatKernelColumns(shape, image, isCut)::copyBlock;
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
        return (long) Float.BYTES * (inputLength() + outputLength() + packedLength() + borderLength());
    }

    private int inputLength() {
        return shape.groupInputChannels() * image.channelLength + image.slack() + tile.vectors() * LANES;
    }

    private int borderLength() {
        return border.elements() + tile.vectors() * LANES;
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
        private final float[][] borders;

        Run(int parallelism) {
            super(epilogue);
            blockRows = image.rowsOfTask(Math.max(shape.batch() * shape.groups(), 1), parallelism);
            blocks = Math.ceilDiv(shape.rows().output(), blockRows);
            inputs = new float[parallelism][inputLength()];
            outputs = new float[parallelism][outputLength()];
            panels = new float[parallelism][packedLength()];
            borders = new float[parallelism][borderLength()];
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks;
        }

        /** One block of output rows of one group in one image. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * blockRows;
            int end = Math.min(first + blockRows, shape.rows().output());
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int top = end; // the rows that are read in place
            int bottom = end;
            if (inside.isMetBy(x) && y.isPlaneDense(shape.columns().output())) {
                top = Math.clamp(inside.first, first, end);
                bottom = Math.clamp(inside.end, top, end);
            }
            if (inside.pixels(bottom - top) < tile.vectors() * LANES) {
                fromCopy(worker, n, group, first, end - first);
            } else {
                if (first < top) {
                    fromCopy(worker, n, group, first, top - first);
                }
                inPlace(worker, n, group, top, bottom - top);
                if (bottom < end) {
                    fromCopy(worker, n, group, bottom, end - bottom);
                }
            }
            int channel = group * shape.groupOutputChannels();
            int width = shape.columns().output();
            for (int i = 0; i < shape.groupOutputChannels(); i++) {
                finish(n, channel + i, first * width, (end - first) * width, width);
            }
        }

        /** Rows whose pixels, and the padding between them, are copied. */
        private void fromCopy(int worker, int n, int group, int first, int count) {
            int width = shape.columns().output();
            int pixels = (count - 1) * image.ld + width;
            float[] input = inputs[worker];
            float[] output = outputs[worker];
            copy.copyBlock(xArray, x, n, group, first, count, input);
            int m = shape.groupOutputChannels();
            if (isWrittenAsOne(pixels)) {
                tiles.multiply(group, 0, m, offsets, input, 0, pixels, panels[worker], yArray,
                        y.at(n, group * m, first, 0), y.channel, true);
            } else if (isWrittenByRows()) {
                for (int u = 0; u < count; u++) {
                    tiles.multiply(group, 0, m, offsets, input, u * image.ld, width, panels[worker], yArray,
                            y.at(n, group * m, first + u, 0), y.channel, true);
                }
            } else {
                for (int i = 0; i < m; i += keptChannels) {
                    int end = Math.min(i + keptChannels, m);
                    tiles.multiply(group, i, end, offsets, input, 0, pixels, panels[worker], output, 0, ldc, false);
                    copyOut(n, group * m + i, group * m + end, first, count, output);
                }
            }
        }

        /** Rows that need no copy of x but for their columns at the border. */
        private void inPlace(int worker, int n, int group, int first, int count) {
            int m = shape.groupOutputChannels();
            float[] output = outputs[worker];
            tiles.multiply(group, 0, m, inside.offsets, xArray,
                    x.at(n, group * shape.groupInputChannels(), first - shape.rows().before(), 0), inside.pixels(count),
                    panels[worker], yArray, y.at(n, group * m, first, shape.columns().before()), y.channel, true);
            border.copy(xArray, x, n, group, first, count, borders[worker]);
            for (int b = 0; b < border.columns.length; b++) {
                for (int i = 0; i < m; i += keptChannels) {
                    int end = Math.min(i + keptChannels, m);
                    tiles.multiply(group, i, end, border.offsets[b], borders[worker], 0, count, panels[worker],
                            output, 0, ldc, false);
                    for (int channel = i; channel < end; channel++) {
                        FloatRows.scatter(output, (channel - i) * ldc, 0, yArray,
                                y.at(n, group * m + channel, first, border.columns[b]), 0, y.row, count, 1);
                    }
                }
            }
        }

        /** Whether the results are one run in y, no shorter than a tile. */
        private boolean isWrittenAsOne(int pixels) {
            return image.isTight && y.isPlaneDense(shape.columns().output())
                    && pixels >= tile.vectors() * LANES;
        }

        /** Whether rows of results are whole vectors in y, of which few are left to narrow tiles, or cost less so than a copy of the results. */
        private boolean isWrittenByRows() {
            int width = shape.columns().output();
            int left = width / LANES % tile.vectors();
            return y.column == 1 && width % LANES == 0 && width >= tile.vectors() * LANES
                    && (left == 0 || left > tile.vectors() / 2 || shape.taps() <= COPIES_COST);
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
            }
        }
    }

    /** Copies what a block of output rows of one group in one image needs. */
    private interface BlockCopy {
        void copyBlock(float[] x, Layout layout, int n, int group, int first, int count, float[] to);
    }
}
