package dev.lanewise.core.conv;

import java.util.List;

/**
 * What {@code torch.nn.functional.conv2d} takes beside the tensors. Immutable; start from {@link #DEFAULT}:
 *
 * <pre>{@code
 * Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(2).withPadding(1).withGroups(32);
 * }</pre>
 *
 * <p>Nothing is checked here: as in PyTorch a convolution checks its arguments together, in a fixed order ({@link Conv2dShape#of}).
 *
 * @param stride pixels between two outputs: one value for both axes, or one for the rows and one for the columns
 * @param padding what is added around the image
 * @param paddingMode what the added pixels hold
 * @param dilation pixels between two taps, 1 means adjacent: one value for both axes, or one for the rows and one for the columns
 * @param groups into how many independent convolutions the channels fall
 */
public record Conv2dSpec(List<Integer> stride, Padding padding, PaddingMode paddingMode, List<Integer> dilation,
        int groups) {
    /** Stride 1, no padding, dilation 1, one group. */
    public static final Conv2dSpec DEFAULT = new Conv2dSpec(List.of(1, 1), Padding.NONE, PaddingMode.ZEROS,
            List.of(1, 1), 1);

    /** Copies the lists. */
    public Conv2dSpec {
        stride = List.copyOf(stride);
        dilation = List.copyOf(dilation);
    }

    /** With this stride for both axes. */
    public Conv2dSpec withStride(int stride) {
        return withStride(stride, stride);
    }

    /** With these strides. */
    public Conv2dSpec withStride(int rows, int columns) {
        return new Conv2dSpec(List.of(rows, columns), padding, paddingMode, dilation, groups);
    }

    /** With this padding on all sides. */
    public Conv2dSpec withPadding(int all) {
        return withPadding(Padding.of(all));
    }

    /** With this padding above and below, and left and right. */
    public Conv2dSpec withPadding(int rows, int columns) {
        return withPadding(Padding.of(rows, columns));
    }

    /** With this padding. */
    public Conv2dSpec withPadding(Padding padding) {
        return new Conv2dSpec(stride, padding, paddingMode, dilation, groups);
    }

    /** With this padding mode. */
    public Conv2dSpec withPaddingMode(PaddingMode paddingMode) {
        return new Conv2dSpec(stride, padding, paddingMode, dilation, groups);
    }

    /** With this dilation for both axes. */
    public Conv2dSpec withDilation(int dilation) {
        return withDilation(dilation, dilation);
    }

    /** With these dilations. */
    public Conv2dSpec withDilation(int rows, int columns) {
        return new Conv2dSpec(stride, padding, paddingMode, List.of(rows, columns), groups);
    }

    /** With this number of groups. */
    public Conv2dSpec withGroups(int groups) {
        return new Conv2dSpec(stride, padding, paddingMode, dilation, groups);
    }
}
