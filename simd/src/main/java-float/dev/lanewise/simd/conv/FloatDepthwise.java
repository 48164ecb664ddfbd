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
 * Convolution of one input channel per group with a square kernel of 3, 5 or 7, at stride 1 with any dilation or at stride 2.
 *
 * <p>Wins over the direct algorithm, which computes it too, because nothing is copied: a vector of x is loaded from the image once for
 * all output rows that it meets, and results go straight to y. Where x cannot be read in place (padding other than zeros, pixels that
 * are not neighbours in memory, loads that would reach beyond the array), a padded copy of some rows is read instead.
 *
 * <p>Output rows that are {@code dilation} apart meet the same rows of x, so rows that are dilated are computed in that many phases, each
 * as if only every {@code dilation}-th row were there.
 *
 * <p>Tried with 16 registers: copies of all channels by {@link FloatPaddedRows}, whose pixels are operands in memory of up to twelve sums for each weight that is broadcast, with
 * a table of the taps: 1.4 to 3.4 times as long, two fifths of it for the copies (Zen 3).
 */
final class FloatDepthwise implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    /** What the rows of x for a task may take, so that they and its results stay in an L1 cache of 32 KiB. */
    private static final int MAX_ELEMENTS = 20 * 1024 / Float.BYTES;

    /** What a task computes at least, in output pixels, where there are enough groups. */
    private static final int TASK_PIXELS = 4096;
    /**
     * The same on one thread where a single kernel call goes through x and y as they lie: it takes up to 8 % less where they are in a cache, and as long from memory. Where a plane needs two
     * calls, or one for each phase of dilated rows, the second would read from memory again what the first had read in part: up to a quarter longer (Zen 4).
     */
    private static final int LARGE_TASK_PIXELS = 16 * 1024;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final float[] weights;
    private final float[] bias;
    private final int size;
    private final int stride;
    private final int dilation;
    private final ColumnStrips strips;
    /**
     * For x in place and for copies of it, whose padding is blended away, too, as zeros are by zeros: other kernels, for one channel or two of
     * each call, would be long in coming to be compiled (5x5: half the speed, for good in some JVMs).
     */
    private final FloatStripKernels.Group[] kernels;
    private final boolean isPaddedWithZeros;
    /** Columns of the image that loads reach before it and, from its first column, behind it. */
    private final int before;
    private final int behind;
    private final float[] zeros;
    private final FloatPaddedRows padded;
    private final int inputPitch;
    private final int outputPitch;
    private final int blockRows;
    private final int blocks;
    private final int spreadLength;
    private final boolean canBeCold;

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
        this.dilation = shape.rows().dilation();
        StripLoads loads = FloatDepthwiseKernels.loads(size, stride, shape.columns().dilation());
        this.strips = new ColumnStrips(shape.columns(), loads, LANES);
        this.before = Math.max(shape.columns().before(), 0);
        this.behind = strips.source(strips.count - 1) + loads.reach(LANES);
        this.isPaddedWithZeros = shape.paddingMode() == PaddingMode.ZEROS;
        this.inputPitch = strips.columns[strips.count - 1] * stride + loads.reach(LANES);
        this.zeros = new float[Math.max(inputPitch, FloatDepthwiseKernels.SUMS) + LANES];
        this.outputPitch = Math.max(shape.columns().output(), LANES);
        this.padded = FloatPaddedRows.unphased(shape, inputPitch);
        int outputRows = shape.rows().output();
        int fitting = Math.max((MAX_ELEMENTS / Math.max(shape.columns().input(), 1) - size) / stride + 1, 1);
        this.blockRows = Math.ceilDiv(outputRows, Math.ceilDiv(outputRows, fitting));
        this.blocks = Math.ceilDiv(outputRows, blockRows);
        this.kernels = FloatStripKernels.groups(size, stride, loads,
                isPaddedWithZeros ? strips.masks() : unmasked(loads));
        this.spreadLength = loads.kind == TapLoads.ORDERED ? size * size * LANES : 0;
        // A single group of strips goes through x and y as they lie.
        this.canBeCold = kernels.length > 1 && bytes(shape) >= FloatTouch.LEAST_BYTES;
    }

    /** For the paddings that are not zeros. */
    private long[] unmasked(StripLoads loads) {
        long[] all = new long[strips.count * loads.count()];
        Arrays.fill(all, FloatDepthwiseKernels.ALL);
        return all;
    }

    static boolean canCompute(Conv2dShape shape) {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        return shape.groupInputChannels() == 1 && rows.kernel() == columns.kernel() && rows.stride() == columns.stride()
                && (rows.stride() == 1 || rows.dilation() == 1 && columns.dilation() == 1)
                && FloatDepthwiseKernels.canCompute(rows.kernel(), rows.stride());
    }

    /** What x and y of an image take. */
    private static long bytes(Conv2dShape shape) {
        long pixels = (long) shape.rows().input() * shape.columns().input();
        return Float.BYTES * (shape.inputChannels() * pixels + (long) shape.outputChannels() * shape.outputPixels());
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
        return (long) Float.BYTES * (inputLength() + outputLength() + spreadLength);
    }

    private int inputLength() {
        return ((Math.ceilDiv(blockRows, dilation) - 1) * stride + size) * inputPitch;
    }

    private int outputLength() {
        return blockRows * outputPitch;
    }

    private final class Run extends FloatRun {
        private final float[][] inputs;
        private final float[][] outputs;
        /** A vector of each weight of a channel. */
        private final float[][] spread;
        /**
         * For each thread, whether it brings the rows of a task into the cache first. On a Zen 5 that takes less time; on a Zen 4 kernels compute while the memory serves them, and without it
         * take 0.54 to 0.65 of the time where planes need two calls at stride 1, or are 5x5.
         */
        private final TimedChoice[] choices;
        private final int taskGroups;
        private final int taskRanges;

        Run(int parallelism) {
            super(epilogue);
            int pixels = parallelism == 1 && kernels.length == 1 && dilation == 1 ? LARGE_TASK_PIXELS : TASK_PIXELS;
            taskGroups = Math.clamp(pixels / shape.outputPixels(), 1, shape.groups());
            taskRanges = Math.ceilDiv(shape.groups(), taskGroups);
            inputs = new float[parallelism][inputLength()];
            outputs = new float[parallelism][outputLength()];
            spread = new float[parallelism][spreadLength];
            choices = new TimedChoice[parallelism];
            Arrays.setAll(choices, i -> new TimedChoice());
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
            int begin = range * taskGroups;
            int end = Math.min(begin + taskGroups, shape.groups());
            int top = first * stride - shape.rows().before();
            int bottom = Math.min(top + (count - 1) * stride + shape.rows().span(), shape.rows().input());
            boolean mayTouch = canBeCold && x.isPlaneDense(shape.columns().input())
                    && y.isPlaneDense(shape.columns().output());
            if (mayTouch && choices[worker].begin(number, (end - begin) * count)) {
                touch(n, begin, end, Math.max(top, 0), bottom, first, count);
            }
            int pending = begin; // the groups from here on can be read in place
            for (int group = begin; group < end; group++) {
                if (!canReadInPlace(x.at(n, group, 0, 0), top, bottom)) {
                    readInPlace(n, pending, group, first, count, top, bottom, worker);
                    readCopy(n, group, first, count, worker);
                    pending = group + 1;
                }
            }
            readInPlace(n, pending, end, first, count, top, bottom, worker);
            if (mayTouch) {
                choices[worker].end();
            }
            int width = shape.columns().output();
            int m = shape.groupOutputChannels();
            for (int channel = begin * m; channel < end * m; channel++) {
                finish(n, channel, first * width, count * width, width);
            }
        }

        /** Whether the loads of image rows {@code top} to {@code bottom - 1} stay in the array; at stride 2 kernels begin a row above. */
        private boolean canReadInPlace(int plane, int top, int bottom) {
            long highest = Math.max(top - (stride - 1), 0);
            return isPaddedWithZeros && x.column == 1 && plane + highest * x.row - before >= 0
                    && plane + (bottom - 1L) * x.row + behind <= xArray.length;
        }

        private void readInPlace(int n, int begin, int end, int first, int count, int top, int bottom, int worker) {
            for (int phase = 0; phase < Math.min(dilation, count); phase++) {
                int start = Math.floorMod(top + phase, dilation); // the image row of which the rows of this phase are multiples
                groups(n, begin, end, first + phase, Math.ceilDiv(count - phase, dilation), worker, xArray,
                        x.at(n, begin, start, 0), x.channel, dilation * x.row, Math.floorDiv(top + phase, dilation),
                        Math.ceilDiv(bottom - start, dilation));
            }
        }

        private void readCopy(int n, int group, int first, int count, int worker) {
            for (int phase = 0; phase < Math.min(dilation, count); phase++) {
                int phaseRows = Math.ceilDiv(count - phase, dilation);
                int rows = (phaseRows - 1) * stride + size;
                padded.copy(xArray, x, x.at(n, group, 0, 0), (first + phase) * stride, dilation, rows, inputs[worker],
                        0);
                groups(n, group, group + 1, first + phase, phaseRows, worker, inputs[worker],
                        shape.columns().before(), 0, inputPitch, 0, rows);
            }
        }

        /** Brings image rows {@code top} to {@code bottom - 1} and {@code count} output rows into the cache. */
        private void touch(int n, int firstGroup, int lastGroup, int top, int bottom, int first, int count) {
            int m = shape.groupOutputChannels();
            int width = shape.columns().output();
            for (int group = firstGroup; group < lastGroup; group++) {
                int from = x.at(n, group, top, 0);
                imageTouch.readLines(xArray, from, from + Math.max(bottom - top, 0) * shape.columns().input());
                for (int channel = group * m; channel < (group + 1) * m; channel++) {
                    int to = y.at(n, channel, first, 0);
                    imageTouch.readLines(yArray, to, to + count * width);
                }
            }
        }

        /**
         * Output rows {@code first, first + dilation, ...} of some groups, from rows of their input channels: column 0 of row 0 is
         * at {@code origin} in the first of them.
         */
        private void groups(int n, int begin, int end, int first, int count, int worker, float[] from, int origin,
                int fromChannel, int ldx, int top, int height) {
            int m = shape.groupOutputChannels();
            if (m == 1 && y.column == 1) {
                channels(n, begin, end - begin, first, count, worker, from, origin, fromChannel, ldx, top, height);
                return;
            }
            for (int group = begin; group < end; group++) {
                int plane = origin + (group - begin) * fromChannel;
                if (y.column == 1) {
                    channels(n, group * m, m, first, count, worker, from, plane, 0, ldx, top, height);
                } else {
                    scatter(n, group * m, m, first, count, worker, from, plane, ldx, top, height);
                }
            }
        }

        private void channels(int n, int channel, int channels, int first, int count, int worker, float[] from,
                int origin, int fromChannel, int ldx, int top, int height) {
            strips(channel, channels, count, worker, from, origin, fromChannel, ldx, top, height, yArray,
                    y.at(n, channel, first, 0), y.channel, dilation * y.row);
        }

        private void scatter(int n, int channel, int channels, int first, int count, int worker, float[] from,
                int origin, int ldx, int top, int height) {
            for (int c = channel; c < channel + channels; c++) {
                strips(c, 1, count, worker, from, origin, 0, ldx, top, height, outputs[worker], 0, 0, outputPitch);
                FloatRows.scatter(outputs[worker], 0, outputPitch, yArray, y.at(n, c, first, 0), dilation * y.row,
                        y.column, shape.columns().output(), count);
            }
        }

        private void strips(int channel, int channels, int count, int worker, float[] from, int origin,
                int fromChannel, int ldx, int top, int height, float[] to, int at, int toChannel, int ldy) {
            for (FloatStripKernels.Group kernel : kernels) {
                int column = strips.columns[kernel.first];
                FloatDepthwiseKernels.run(kernel.number, weights, bias, channel, channels, from,
                        origin + strips.source(kernel.first), fromChannel, ldx, shape.columns().dilation(), top, height,
                        zeros, spread[worker], to, at + column, toChannel, ldy, count,
                        strips.columns[kernel.last] - column, kernel.masks, strips.pixels);
            }
        }
    }
}
