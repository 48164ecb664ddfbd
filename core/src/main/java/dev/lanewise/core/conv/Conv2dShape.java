package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution's sizes, checked: {@code x [N, Cin, H, W]}, {@code weight [Cout, Cin/groups, R, S]}, {@code bias [Cout]},
 * {@code y [N, Cout, P, Q]} with {@code P = floor((H + top + bottom - dilation*(R-1) - 1) / stride) + 1}, Q likewise.
 *
 * @param dtype the type of all tensors
 * @param batched whether x and y have the axis N; without it they are {@code [Cin, H, W]} and {@code [Cout, P, Q]}, and batch is 1
 * @param batch N
 * @param inputChannels Cin
 * @param outputChannels Cout
 * @param groups the number of groups
 * @param rows the axis of H, R and P
 * @param columns the axis of W, S and Q
 * @param paddingMode what padded pixels hold
 */
public record Conv2dShape(DType dtype, boolean batched, int batch, int inputChannels, int outputChannels, int groups,
        Conv2dAxis rows,
        Conv2dAxis columns, PaddingMode paddingMode) {

    /**
     * Checks the arguments of a convolution in PyTorch's order, with its messages, and computes the sizes.
     *
     * @param x [N, Cin, H, W] or [Cin, H, W]
     * @param weight [Cout, Cin/groups, R, S]
     * @param bias [Cout], or null
     * @throws IllegalArgumentException if they do not go together
     */
    public static Conv2dShape of(Tensor x, Tensor weight, @Nullable Tensor bias, Conv2dSpec spec) {
        return of(x.dtype(), x.shape(), weight, bias, spec);
    }

    /** {@link #of(Tensor, Tensor, Tensor, Conv2dSpec)} for an input that is not there yet. */
    public static Conv2dShape of(DType dtype, int[] xShape, Tensor weight, @Nullable Tensor bias, Conv2dSpec spec) {
        return new Conv2dChecks(dtype, xShape, weight, bias, spec).run();
    }

    /** The channels that one output channel sees: Cin/groups. */
    public int groupInputChannels() {
        return inputChannels / groups;
    }

    /** The output channels of one group: Cout/groups. */
    public int groupOutputChannels() {
        return outputChannels / groups;
    }

    /** K, the taps that one output element folds: Cin/groups * R * S. */
    public int taps() {
        return groupInputChannels() * rows.kernel() * columns.kernel();
    }

    /** P*Q, the pixels of one output plane. */
    public int outputPixels() {
        return rows.output() * columns.output();
    }

    /** Whether every channel is a group of its own. */
    public boolean isDepthwise() {
        return groups == inputChannels && groups > 1;
    }

    /** Whether the kernel has one tap per channel that meets every pixel: a matrix product. */
    public boolean isPointwise() {
        return rows.isPointwise() && columns.isPointwise();
    }

    /** Whether the weights of the one are those of the other: type, channels, groups and kernel are the same. */
    public boolean hasWeightsOf(Conv2dShape other) {
        return dtype == other.dtype && inputChannels == other.inputChannels && outputChannels == other.outputChannels
                && groups == other.groups && rows.kernel() == other.rows.kernel()
                && columns.kernel() == other.columns.kernel();
    }

    /** Multiplications and additions of the whole convolution, 2 for each tap, padded taps included. */
    public long flops() {
        return 2L * batch * outputChannels * outputPixels() * taps();
    }

    /** The shape of x. */
    public int[] inputShape() {
        return batched
                ? new int[] {batch, inputChannels, rows.input(), columns.input()}
                : new int[] {inputChannels, rows.input(), columns.input()};
    }

    /** The shape of y. Without input channels PyTorch's result has no channels either. */
    public int[] outputShape() {
        int channels = inputChannels == 0 ? 0 : outputChannels;
        return batched
                ? new int[] {batch, channels, rows.output(), columns.output()}
                : new int[] {channels, rows.output(), columns.output()};
    }
}
