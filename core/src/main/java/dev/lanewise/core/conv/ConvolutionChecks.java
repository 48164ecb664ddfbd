package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of PyTorch's {@code at::convolution}, in its order; messages are made when they are needed only. */
final class ConvolutionChecks {
    static final String NEGATIVE_PADDING = "negative padding is not supported";

    private final DType dtype;
    private final boolean batched;
    private final int[] x;
    private final Padding.Sides padded;
    private final Tensor weight;
    private final int[] w;
    private final @Nullable Tensor bias;
    private final Conv2dSpec spec;
    private final List<Integer> padding;
    private final List<Integer> outputPadding;

    /**
     * The arguments as the convolution gets them.
     *
     * @param x [N, Cin, H, W] of the image that may be padded explicitly
     * @param padded by how much it is
     * @param padding how much the convolution pads with zeros itself
     * @param outputPadding only a transposed convolution uses it, but its length is checked
     */
    ConvolutionChecks(DType dtype, boolean batched, int[] x, Padding.Sides padded, Tensor weight, @Nullable Tensor bias,
            Conv2dSpec spec,
            List<Integer> padding, List<Integer> outputPadding) {
        this.dtype = dtype;
        this.batched = batched;
        this.x = x;
        this.padded = padded;
        this.weight = weight;
        this.w = weight.shape();
        this.bias = bias;
        this.spec = spec;
        this.padding = padding;
        this.outputPadding = outputPadding;
    }

    Conv2dShape run() {
        checkWeightRank(w);
        checkGroups(spec.groups());
        checkList("stride", spec.stride(), w.length - 2);
        checkList("padding", padding, w.length - 2);
        checkList("dilation", spec.dilation(), w.length - 2);
        checkList("output_padding", outputPadding, w.length - 2);
        checkSigns();
        checkEqualRanks();
        checkOutputChannels();
        checkInputChannels();
        checkBiasShape();
        checkKernelFits();
        checkNotEmpty();
        checkDilation();
        checkTaps(w);
        checkTypes();
        return shape();
    }

    static void checkBiasType(DType dtype, @Nullable Tensor bias) {
        if (bias != null && bias.dtype() != dtype) {
            throw new IllegalArgumentException(
                    "Input type (" + dtype.nativeName() + ") and bias type (" + bias.dtype().nativeName()
                            + ") should be the same");
        }
    }

    static void checkWeightRank(int[] w) {
        if (w.length < 3) {
            throw new IllegalArgumentException("weight should have at least three dimensions");
        }
    }

    static void checkGroups(int groups) {
        if (groups < 1) {
            throw new IllegalArgumentException("non-positive groups is not supported");
        }
    }

    static void checkList(String name, List<Integer> values, int axes) {
        if (values.size() != 1 && values.size() != axes) {
            throw new IllegalArgumentException("expected " + name + " to be a single integer value or a list of " + axes
                    + " values to match the convolution dimensions, but got " + name + "=" + values);
        }
    }

    /** PyTorch itself refuses a kernel without taps only deep inside, with a text that helps nobody. */
    static void checkTaps(int[] w) {
        if (w[2] == 0 || w[3] == 0) {
            throw new IllegalArgumentException(
                    "expected a kernel of at least one tap on each axis, but got weight of size " + Shapes.format(w));
        }
    }

    private void checkSigns() {
        for (int amount : padding) {
            if (amount < 0) {
                throw new IllegalArgumentException(NEGATIVE_PADDING);
            }
        }
        for (int stride : spec.stride()) {
            if (stride < 1) {
                throw new IllegalArgumentException("non-positive stride is not supported");
            }
        }
        for (int dilation : spec.dilation()) {
            if (dilation < 0) {
                throw new IllegalArgumentException("dilation should be greater than zero");
            }
        }
    }

    private void checkEqualRanks() {
        if (w.length != x.length) {
            throw new IllegalArgumentException(
                    "Expected " + w.length + "-dimensional input for " + w.length + "-dimensional weight "
                            + Shapes.format(w) + ", but got " + x.length + "-dimensional input of size "
                            + Shapes.format(x) + " instead");
        }
    }

    private void checkOutputChannels() {
        int groups = spec.groups();
        if (w[0] < groups) {
            throw new IllegalArgumentException("Given groups=" + groups + ", expected weight to be at least " + groups
                    + " at dimension 0, but got weight of size " + Shapes.format(w) + " instead");
        }
        if (w[0] % groups != 0) {
            throw new IllegalArgumentException(
                    "Given groups=" + groups + ", expected weight to be divisible by " + groups
                            + " at dimension 0, but got weight of size [" + Shapes.format(w) + "] instead");
        }
    }

    private void checkInputChannels() {
        long wanted = (long) w[1] * spec.groups();
        if (x[1] != wanted) {
            throw new IllegalArgumentException("Given groups=" + spec.groups() + ", weight of size " + Shapes.format(w)
                    + ", expected input"
                    + Shapes.format(x) + " to have " + wanted + " channels, but got " + x[1] + " channels instead");
        }
    }

    private void checkBiasShape() {
        if (bias != null && (bias.rank() != 1 || bias.size(0) != w[0])) {
            throw new IllegalArgumentException(
                    "Given weight of size " + Shapes.format(w) + ", expected bias to be 1-dimensional with " + w[0]
                            + " elements, but got bias of size " + Shapes.format(bias.shape()) + " instead");
        }
    }

    private void checkKernelFits() {
        if (size(0) < span(0) || size(1) < span(1)) {
            throw new IllegalArgumentException(
                    "Calculated padded input size per channel: (" + size(0) + " x " + size(1) + "). Kernel size: ("
                            + span(0) + " x " + span(1) + "). Kernel size can't be greater than actual input size");
        }
        PadChecks.checkAxisLength(Math.max(size(0), size(1)));
    }

    /** The pixels of the padded rows (axis 0) or columns (axis 1). */
    private long size(int axis) {
        return x[2 + axis] + 2L * of(padding, axis);
    }

    /** The pixels from the first to the last tap. */
    private long span(int axis) {
        return (long) of(spec.dilation(), axis) * (w[2 + axis] - 1) + 1;
    }

    private static int of(List<Integer> values, int axis) {
        return values.get(Math.min(axis, values.size() - 1));
    }

    private void checkNotEmpty() {
        if (x[2] == 0 || x[3] == 0) {
            throw new IllegalArgumentException(
                    "Only zero batch or zero channel inputs are supported, but got input shape: " + Shapes.format(x));
        }
    }

    private void checkDilation() {
        int rows = of(spec.dilation(), 0);
        int columns = of(spec.dilation(), 1);
        if (rows == 0 || columns == 0) {
            throw new IllegalArgumentException(
                    "dilation should be greater than zero, but got " + Shapes.format(rows, columns));
        }
    }

    private void checkTypes() {
        if (weight.dtype() != dtype) {
            throw new IllegalArgumentException(
                    "expected scalar type " + dtype.scalarName() + " but found " + weight.dtype().scalarName());
        }
        checkBiasType(dtype, bias);
        if (dtype == DType.BOOL) {
            throw new IllegalArgumentException("\"slow_conv2d_cpu\" not implemented for 'Bool'");
        }
    }

    private Conv2dShape shape() {
        Conv2dAxis rows = axis(0, padded.top(), padded.bottom());
        Conv2dAxis columns = axis(1, padded.left(), padded.right());
        Conv2dShape shape = new Conv2dShape(dtype, batched, x[0], x[1], w[0], spec.groups(), rows, columns,
                spec.paddingMode());
        Shapes.numel(shape.inputShape());
        Shapes.numel(shape.outputShape()); // too many outputs are told before anything is allocated
        return shape;
    }

    private Conv2dAxis axis(int axis, int before, int after) {
        int pad = of(padding, axis);
        int stride = of(spec.stride(), axis);
        int output = (int) ((size(axis) - span(axis)) / stride) + 1;
        return new Conv2dAxis(x[2 + axis] - before - after, w[2 + axis], stride, of(spec.dilation(), axis),
                pad + before, pad + after, output);
    }
}
