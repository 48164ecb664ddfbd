package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of one input channel per group with a square kernel of 3, 5 or 7 at stride 1 or 2.
 *
 * <p>Wins over the direct algorithm, which computes it too, because a vector of x is loaded once for all output rows that it meets, and
 * results go straight to y. Rows of fewer pixels than a vector has lanes go through scratch.
 */
final class FloatDepthwise implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    /** What the padded rows of a task may take, so that they stay in an L1 cache of 32 KiB. */
    private static final int MAX_ELEMENTS = 20 * 1024 / Float.BYTES;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final FloatPaddedRows padded;
    private final float[] weights;
    private final float[] bias;
    private final int size;
    private final int stride;
    private final int rowPitch;
    private final int phasePitch;
    private final int kernelRows;
    private final int blockRows;
    private final int blocks;

    FloatDepthwise(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.size = shape.rows().kernel();
        this.stride = shape.rows().stride();
        this.weights = weight.copy().floats();
        this.bias = bias == null ? new float[shape.outputChannels()] : bias.copy().floats();
        this.phasePitch = Math.max(shape.columns().output(), LANES) + (size - 1) / stride;
        this.rowPitch = phasePitch * stride;
        this.padded = new FloatPaddedRows(shape, rowPitch, phasePitch, phasePitch);
        this.kernelRows = FloatDepthwiseKernels.rows(size, stride);
        int outputRows = shape.rows().output();
        int fitting = (MAX_ELEMENTS / rowPitch - size) / stride + 1;
        int whole = Math.max(fitting / kernelRows, 1) * kernelRows;
        this.blockRows = Math.min(whole, outputRows);
        this.blocks = Math.ceilDiv(shape.rows().output(), blockRows);
    }

    static boolean canCompute(Conv2dShape shape) {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        return shape.groupInputChannels() == 1 && rows.kernel() == columns.kernel() && rows.stride() == columns.stride()
                && rows.dilation() == 1 && columns.dilation() == 1
                && FloatDepthwiseKernels.rows(rows.kernel(), rows.stride()) > 0;
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
        return ((blockRows - 1) * stride + size) * rowPitch + LANES;
    }

    private int outputLength() {
        return blockRows * outputPitch() + LANES;
    }

    private int outputPitch() {
        return Math.max(shape.columns().output(), LANES);
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

        /** One block of output rows of one group in one image, for all output channels of the group. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * blockRows;
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int count = Math.min(blockRows, shape.rows().output() - first);
            float[] input = inputs[worker];
            padded.copy(xArray, x, x.offset + n * x.image + group * x.channel, first * stride, 1,
                    (count - 1) * stride + size, input, 0);
            int m = shape.groupOutputChannels();
            int width = shape.columns().output();
            for (int channel = group * m; channel < (group + 1) * m; channel++) {
                int to = y.at(n, channel, first, 0);
                if (width >= LANES && y.column == 1) {
                    rows(channel, count, input, yArray, to, y.row);
                } else {
                    rows(channel, count, input, outputs[worker], 0, outputPitch());
                    copyOut(count, outputs[worker], to);
                }
                finish(n, channel, first * width, count * width, width);
            }
        }

        private void rows(int channel, int count, float[] input, float[] to, int at, int ld) {
            int rows = count >= kernelRows ? kernelRows : 1;
            FloatDepthwiseKernels.run(size, stride, rows, weights, channel * size * size, bias[channel], input, 0,
                    rowPitch, phasePitch, to, at, ld, count,
                    Math.max(shape.columns().output(), LANES));
        }

        private void copyOut(int count, float[] output, int to) {
            int width = shape.columns().output();
            if (y.column == 1) {
                FloatRows.copy(output, 0, outputPitch(), yArray, to, y.row, width, count);
            } else {
                FloatRows.scatter(output, 0, outputPitch(), yArray, to, y.row, y.column, width, count);
            }
        }
    }
}
