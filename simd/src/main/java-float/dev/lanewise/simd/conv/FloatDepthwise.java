package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of one input channel per group with a square kernel of 3, 5 or 7 at stride 1 or 2.
 *
 * <p>Wins over the direct algorithm, which computes it too, because nothing is copied: a vector of x is loaded from the image once for
 * all output rows that it meets, and results go straight to y. Where x cannot be read in place (padding other than zeros or wider than
 * usual, pixels that are not neighbours in memory, loads that would reach beyond the array), a padded copy of some rows is read instead.
 */
final class FloatDepthwise implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    /** What the rows of x for a task may take, so that they and its results stay in an L1 cache of 32 KiB. */
    private static final int MAX_ELEMENTS = 20 * 1024 / Float.BYTES;

    /** What a task computes at least, in output pixels, where there are enough groups. */
    private static final int TASK_PIXELS = 4096;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final float[] weights;
    private final float[] bias;
    private final int size;
    private final int stride;
    private final ColumnStrips strips;
    private final int loads;
    private final StripKernels inPlace;
    private final StripKernels copied;
    private final boolean canReadInPlace;
    /** Columns of the image that loads reach before it and, from its first column, behind it. */
    private final int before;
    private final int behind;
    private final float[] zeros;
    private final FloatPaddedRows padded;
    private final int inputPitch;
    private final int outputPitch;
    private final int blockRows;
    private final int blocks;
    private final int taskGroups;
    private final int taskRanges;
    private final boolean canBeCold;

    /** The kernels that read x in place, or a padded copy. */
    private static final class StripKernels {
        /** For each strip the kernel for a whole block of rows. */
        final int[] whole;
        /** For each strip the kernel for the last block of rows. */
        final int[] last;
        /** For each load of each strip which lanes are pixels. */
        final long[] masks;

        StripKernels(int[] whole, int[] last, long[] masks) {
            this.whole = whole;
            this.last = last;
            this.masks = masks;
        }
    }

    FloatDepthwise(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape, weight.copy().floats(), bias == null ? new float[shape.outputChannels()] : bias.copy().floats(),
                epilogue);
    }

    private FloatDepthwise(Conv2dShape shape, float[] weights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.weights = weights;
        this.bias = bias;
        this.size = shape.rows().kernel();
        this.stride = shape.rows().stride();
        this.strips = new ColumnStrips(shape.columns(), FloatDepthwiseKernels.pixels(size, stride), LANES);
        this.loads = FloatDepthwiseKernels.loads(size, stride);
        int reach = FloatDepthwiseKernels.loadOffset(stride, loads - 1) + LANES;
        this.before = Math.max(shape.columns().before(), 0);
        this.behind = strips.source(strips.count - 1) + reach;
        this.canReadInPlace = shape.paddingMode() == PaddingMode.ZEROS && rowsAreNear(shape.rows());
        this.zeros = new float[reach];
        this.inputPitch = strips.column(strips.count - 1) * stride + reach;
        this.outputPitch = Math.max(shape.columns().output(), LANES);
        this.padded = FloatPaddedRows.unphased(shape, inputPitch);
        int outputRows = shape.rows().output();
        int fitting = Math.max((MAX_ELEMENTS / Math.max(shape.columns().input(), 1) - size) / stride + 1, 1);
        int block = Math.ceilDiv(outputRows, Math.ceilDiv(outputRows, fitting));
        int kernelRows = kernelRows(block);
        this.blockRows = Math.min(Math.ceilDiv(block, kernelRows) * kernelRows, outputRows);
        this.blocks = Math.ceilDiv(outputRows, blockRows);
        this.inPlace = kernels(masks());
        long[] all = new long[strips.count * loads];
        Arrays.fill(all, FloatDepthwiseKernels.ALL);
        this.copied = kernels(all);
        this.taskGroups = Math.clamp(TASK_PIXELS / shape.outputPixels(), 1, shape.groups());
        this.taskRanges = Math.ceilDiv(shape.groups(), taskGroups);
        // Few strips go through x and y much as they lie.
        this.canBeCold = strips.count > 2 && bytes(shape) >= FloatTouch.LEAST_BYTES;
    }

    static boolean canCompute(Conv2dShape shape) {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        return shape.groupInputChannels() == 1 && rows.kernel() == columns.kernel() && rows.stride() == columns.stride()
                && rows.dilation() == 1 && columns.dilation() == 1
                && FloatDepthwiseKernels.rows(rows.kernel(), rows.stride()).length > 0;
    }

    /** What x and y of an image take. */
    private static long bytes(Conv2dShape shape) {
        long pixels = (long) shape.rows().input() * shape.columns().input();
        return Float.BYTES * (shape.inputChannels() * pixels + (long) shape.outputChannels() * shape.outputPixels());
    }

    /** Whether no more rows of padding take part than the kernels look for. */
    private static boolean rowsAreNear(Conv2dAxis rows) {
        int below = (rows.output() - 1) * rows.stride() + rows.kernel() - rows.before() - rows.input();
        return rows.before() <= rows.kernel() / 2 && below <= rows.kernel() / 2;
    }

    private long[] masks() {
        long[] all = new long[strips.count * loads];
        for (int i = 0; i < all.length; i++) {
            int column = strips.source(i / loads) + FloatDepthwiseKernels.loadOffset(stride, i % loads);
            all[i] = strips.inside(column);
        }
        return all;
    }

    private StripKernels kernels(long[] masks) {
        return new StripKernels(kernels(masks, blockRows),
                kernels(masks, shape.rows().output() - (blocks - 1) * blockRows), masks);
    }

    private int[] kernels(long[] masks, int count) {
        int[] kernels = new int[strips.count];
        for (int i = 0; i < strips.count; i++) {
            boolean border = Arrays.stream(masks, i * loads, (i + 1) * loads)
                    .anyMatch(mask -> mask != FloatDepthwiseKernels.ALL);
            kernels[i] = FloatDepthwiseKernels.kernel(size, stride, kernelRows(count), border);
        }
        return kernels;
    }

    /** The rows at a time that compute this many with the least work. */
    private int kernelRows(int count) {
        int best = 1;
        for (int rows : FloatDepthwiseKernels.rows(size, stride)) {
            if (rows <= count && work(count, rows) < work(count, best)) {
                best = rows;
            }
        }
        return best;
    }

    private static int work(int count, int rows) {
        return Math.ceilDiv(count, rows) * (2 * rows + 1);
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatDepthwise(shape, weights, bias, epilogue);
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
        return ((blockRows - 1) * stride + size) * inputPitch;
    }

    private int outputLength() {
        return blockRows * outputPitch;
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
            return shape.batch() * taskRanges * blocks;
        }

        /** One block of output rows of some groups in one image. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * blockRows;
            int range = index / blocks % taskRanges;
            int n = index / blocks / taskRanges;
            int count = Math.min(blockRows, shape.rows().output() - first);
            int end = Math.min((range + 1) * taskGroups, shape.groups());
            int height = shape.rows().input();
            int top = first * stride - shape.rows().before();
            long low = (long) Math.max(top, 0) * x.row - before;
            long high = (long) Math.min(top + (count - 1) * stride + size, height) * x.row - x.row + behind;
            touch(n, range * taskGroups, end, Math.max(top, 0), Math.min(top + (count - 1) * stride + size, height),
                    first, count);
            for (int group = range * taskGroups; group < end; group++) {
                int plane = x.at(n, group, 0, 0);
                if (canReadInPlace && x.column == 1 && plane + low >= 0 && plane + high <= xArray.length) {
                    channels(n, group, first, count, worker, xArray, plane, x.row, top, height, inPlace);
                } else {
                    int rows = (count - 1) * stride + size;
                    padded.copy(xArray, x, plane, first * stride, 1, rows, inputs[worker], 0);
                    channels(n, group, first, count, worker, inputs[worker], shape.columns().before(), inputPitch, 0,
                            rows,
                            copied);
                }
            }
        }

        /** Brings image rows {@code top} to {@code bottom - 1} and {@code count} output rows into the cache. */
        private void touch(int n, int firstGroup, int lastGroup, int top, int bottom, int first, int count) {
            int inputWidth = shape.columns().input();
            int outputWidth = shape.columns().output();
            if (!canBeCold || !x.isPlaneDense(inputWidth) || !y.isPlaneDense(outputWidth)) {
                return;
            }
            int m = shape.groupOutputChannels();
            for (int group = firstGroup; group < lastGroup && imageTouch.isCold(); group++) {
                imageTouch.read(xArray, x.at(n, group, top, 0), Math.max(bottom - top, 0) * inputWidth);
                for (int channel = group * m; channel < (group + 1) * m; channel++) {
                    imageTouch.read(yArray, y.at(n, channel, first, 0), count * outputWidth);
                }
            }
        }

        /** All output channels of a group, from rows of its input channel: column 0 of image row 0 is at {@code origin}. */
        private void channels(int n, int group, int first, int count, int worker, float[] from, int origin, int ldx,
                int top,
                int height, StripKernels kernels) {
            int m = shape.groupOutputChannels();
            int width = shape.columns().output();
            for (int channel = group * m; channel < (group + 1) * m; channel++) {
                int to = y.at(n, channel, first, 0);
                if (y.column == 1) {
                    strips(channel, count, from, origin, ldx, top, height, kernels, yArray, to, y.row);
                } else {
                    strips(channel, count, from, origin, ldx, top, height, kernels, outputs[worker], 0, outputPitch);
                    FloatRows.scatter(outputs[worker], 0, outputPitch, yArray, to, y.row, y.column, width, count);
                }
                finish(n, channel, first * width, count * width, width);
            }
        }

        private void strips(int channel, int count, float[] from, int origin, int ldx, int top, int height,
                StripKernels kernels, float[] to, int at, int ldy) {
            int[] chosen = count == blockRows ? kernels.whole : kernels.last;
            for (int i = 0; i < chosen.length; i++) {
                FloatDepthwiseKernels.run(chosen[i], weights, channel * size * size, bias[channel], from,
                        origin + strips.source(i), ldx, top, height, zeros, to, at + strips.column(i), ldy, count,
                        kernels.masks, i * loads, strips.pixels);
            }
        }
    }
}
