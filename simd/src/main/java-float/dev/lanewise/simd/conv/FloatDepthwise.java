package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.TapFold;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of one input channel per group, of any kernel, stride and dilation.
 *
 * <p>A task copies some rows of a padded plane into scratch, split by the phases of the strides: pixel (u, v) goes to phase
 * (u mod stride, v mod stride), place (u / stride, v / stride). There output pixel (p, q) meets tap (r, s) at one fixed distance from
 * {@code p*ld + q}, so the whole block is a one-dimensional convolution whose vectors run on across the ends of rows; what they compute
 * between rows is not copied out.
 */
final class FloatDepthwise implements ConvAlgorithm {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    private static final float[] NONE = {};
    /** The vectors of one pass over the taps: enough independent sums to hide the latency of an FMA. */
    private static final int PASS = 8 * LANES;
    /** What the rows of a task may take in scratch, in elements, so that they stay in an L1 cache of 32 KiB. */
    private static final int MAX_ELEMENTS = 16 * 1024 / Float.BYTES;

    private final Conv2dShape shape;
    private final float[] weights;
    private final float[] bias;
    private final int[] rowSources;
    private final int[] columnSources;
    private final int[] tapOffsets;
    private final int blockRows;
    private final int blocks;
    private final int ld;
    private final int phaseLength;

    FloatDepthwise(Conv2dShape shape, Tensor weight, @Nullable Tensor bias) {
        this.shape = shape;
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        this.weights = weight.copy().floats();
        this.bias = bias == null ? new float[shape.outputChannels()] : bias.copy().floats();
        this.rowSources = rows.sources(shape.paddingMode());
        this.columnSources = columns.sources(shape.paddingMode());
        this.ld = columns.output() + (columns.span() - 1) / columns.stride();
        int rowElements = ld * rows.stride() * columns.stride();
        int spanRows = (rows.span() - 1) / rows.stride();
        this.blockRows = Math.clamp(MAX_ELEMENTS / rowElements - spanRows, 1, rows.output());
        this.blocks = Math.ceilDiv(rows.output(), blockRows);
        this.phaseLength = (blockRows + spanRows) * ld;
        this.tapOffsets = tapOffsets();
    }

    private int[] tapOffsets() {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        int[] offsets = new int[shape.taps()];
        for (int r = 0; r < rows.kernel(); r++) {
            for (int s = 0; s < columns.kernel(); s++) {
                int u = r * rows.dilation();
                int v = s * columns.dilation();
                int phase = u % rows.stride() * columns.stride() + v % columns.stride();
                offsets[r * columns.kernel() + s] = phase * phaseLength + u / rows.stride() * ld + v / columns.stride();
            }
        }
        return offsets;
    }

    private int inputLength() {
        return shape.rows().stride() * shape.columns().stride() * phaseLength + PASS; // the last pass reads on behind the last pixel
    }

    private int outputLength() {
        return Math.ceilDiv(blockRows * ld, PASS) * PASS;
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (inputLength() + outputLength());
    }

    private final class Run extends ConvRun {
        private final float[][] inputs;
        private final float[][] outputs;
        private float[] xArray = NONE;
        private float[] yArray = NONE;

        Run(int parallelism) {
            inputs = new float[parallelism][inputLength()];
            outputs = new float[parallelism][outputLength()];
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks;
        }

        @Override
        void bind(Object xArray, Object yArray) {
            this.xArray = (float[]) xArray;
            this.yArray = (float[]) yArray;
        }

        @Override
        void release() {
            bind(NONE, NONE);
        }

        /** One block of output rows of one group in one image, for all output channels of the group. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * blockRows;
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int count = Math.min(blockRows, shape.rows().output() - first);
            copyIn(x.offset + n * x.image + group * x.channel, first, count, inputs[worker]);
            int m = shape.groupOutputChannels();
            for (int channel = group * m; channel < (group + 1) * m; channel++) {
                convolve(channel, (count - 1) * ld + shape.columns().output(), inputs[worker], outputs[worker]);
                copyOut(y.offset + n * y.image + channel * y.channel, first, count, outputs[worker]);
            }
        }

        private void copyIn(int plane, int first, int count, float[] input) {
            Conv2dAxis rows = shape.rows();
            Conv2dAxis columns = shape.columns();
            int padded = (count - 1) * rows.stride() + rows.span();
            for (int u = 0; u < padded; u++) {
                int row = rowSources[first * rows.stride() + u];
                for (int phase = 0; phase < columns.stride(); phase++) {
                    int to = (u % rows.stride() * columns.stride() + phase) * phaseLength + u / rows.stride() * ld;
                    if (row == Conv2dAxis.ZERO) {
                        Arrays.fill(input, to, to + ld, 0);
                    } else {
                        copyRow(plane + row * x.row, phase, input, to);
                    }
                }
            }
        }

        private void copyRow(int from, int phase, float[] input, int to) {
            int step = shape.columns().stride();
            int end = Math.min(ld, Math.ceilDiv(columnSources.length - phase, step));
            for (int i = 0; i < end; i++) {
                int column = columnSources[phase + i * step];
                input[to + i] = column == Conv2dAxis.ZERO ? 0 : xArray[from + column * x.column];
            }
        }

        private void convolve(int channel, int count, float[] input, float[] output) {
            int taps = shape.taps();
            for (int k0 = 0; k0 < taps; k0 += TapFold.BLOCK) {
                int kEnd = Math.min(k0 + TapFold.BLOCK, taps);
                for (int at = 0; at < count; at += PASS) {
                    if (k0 == 0) {
                        Arrays.fill(output, at, at + PASS, bias[channel]);
                    }
                    pass(weights, channel * taps, tapOffsets, k0, kEnd, input, at, output);
                }
            }
        }

        private void copyOut(int plane, int first, int count, float[] output) {
            int width = shape.columns().output();
            for (int p = 0; p < count; p++) {
                int to = plane + (first + p) * y.row;
                if (y.column == 1) {
                    System.arraycopy(output, p * ld, yArray, to, width);
                } else {
                    for (int q = 0; q < width; q++) {
                        yArray[to + q * y.column] = output[p * ld + q];
                    }
                }
            }
        }
    }

    /** Adds the sums of one block of taps to eight vectors of outputs. */
    private static void pass(float[] w, int wOffset, int[] offsets, int k0, int kEnd, float[] x, int at, float[] y) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        FloatVector s4 = FloatVector.zero(S);
        FloatVector s5 = FloatVector.zero(S);
        FloatVector s6 = FloatVector.zero(S);
        FloatVector s7 = FloatVector.zero(S);
        for (int k = k0; k < kEnd; k++) {
            FloatVector weight = FloatVector.broadcast(S, w[wOffset + k]);
            int from = at + offsets[k];
            s0 = FloatVector.fromArray(S, x, from).fma(weight, s0);
            s1 = FloatVector.fromArray(S, x, from + LANES).fma(weight, s1);
            s2 = FloatVector.fromArray(S, x, from + 2 * LANES).fma(weight, s2);
            s3 = FloatVector.fromArray(S, x, from + 3 * LANES).fma(weight, s3);
            s4 = FloatVector.fromArray(S, x, from + 4 * LANES).fma(weight, s4);
            s5 = FloatVector.fromArray(S, x, from + 5 * LANES).fma(weight, s5);
            s6 = FloatVector.fromArray(S, x, from + 6 * LANES).fma(weight, s6);
            s7 = FloatVector.fromArray(S, x, from + 7 * LANES).fma(weight, s7);
        }
        FloatVector.fromArray(S, y, at).add(s0).intoArray(y, at);
        FloatVector.fromArray(S, y, at + LANES).add(s1).intoArray(y, at + LANES);
        FloatVector.fromArray(S, y, at + 2 * LANES).add(s2).intoArray(y, at + 2 * LANES);
        FloatVector.fromArray(S, y, at + 3 * LANES).add(s3).intoArray(y, at + 3 * LANES);
        FloatVector.fromArray(S, y, at + 4 * LANES).add(s4).intoArray(y, at + 4 * LANES);
        FloatVector.fromArray(S, y, at + 5 * LANES).add(s5).intoArray(y, at + 5 * LANES);
        FloatVector.fromArray(S, y, at + 6 * LANES).add(s6).intoArray(y, at + 6 * LANES);
        FloatVector.fromArray(S, y, at + 7 * LANES).add(s7).intoArray(y, at + 7 * LANES);
    }
}
