package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's checks of conv2d's arguments, with its messages and in its order, so that a call that is wrong in two ways is told the same.
 *
 * <p>Where PyTorch pads explicitly first ({@code F.pad}: four-sided padding and all modes but zeros), so does this: those
 * checks come before the others, which then see the padded image and no padding.
 */
final class Conv2dChecks {
    private final DType dtype;
    private final int[] given;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final Conv2dSpec spec;
    private final boolean batched;
    private final int[] x;
    private final int[] w;

    Conv2dChecks(DType dtype, int[] xShape, Tensor weight, @Nullable Tensor bias, Conv2dSpec spec) {
        this.dtype = dtype;
        this.given = xShape;
        this.weight = weight;
        this.bias = bias;
        this.spec = spec;
        this.batched = xShape.length != 3;
        this.x = batched ? xShape : new int[] {1, xShape[0], xShape[1], xShape[2]};
        this.w = weight.shape();
    }

    Conv2dShape run() {
        boolean named = spec.padding() instanceof Padding.Same || spec.padding() instanceof Padding.Valid;
        if (!named) {
            checkBiasType();
        }
        require(given.length == 3 || given.length == 4,
                "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: "
                        + Shapes.format(given));
        if (spec.padding() instanceof Padding.Same) {
            checkSame();
        }
        require(w.length >= 3, "weight should have at least three dimensions");
        require(spec.groups() >= 1, "non-positive groups is not supported");
        checkLists();

        int[] stride = both(spec.stride());
        int[] dilation = both(spec.dilation());
        int[] pads = pads(dilation);
        require(pads[0] >= 0 && pads[1] >= 0 || padsExplicitly(), "negative padding is not supported");
        checkExplicitPadding(pads);
        require(stride[0] >= 1 && stride[1] >= 1, "non-positive stride is not supported");
        require(dilation[0] >= 0 && dilation[1] >= 0, "dilation should be greater than zero");
        checkChannels();
        int[] padded = checkedPaddedSize(pads, dilation);
        if (!padsExplicitly()) { // an explicitly padded image is not empty any more
            checkEmpty();
        }
        require(dilation[0] > 0 && dilation[1] > 0,
                "dilation should be greater than zero, but got " + Shapes.format(dilation));
        require(w[2] > 0 && w[3] > 0,
                "expected a kernel of at least one tap on each axis, but got weight of size " + Shapes.format(w));
        require(weight.dtype() == dtype,
                "expected scalar type " + dtype.scalarName() + " but found " + weight.dtype().scalarName());
        checkBiasType();
        require(dtype != DType.BOOL, "\"slow_conv2d_cpu\" not implemented for 'Bool'");

        Conv2dAxis rows = axis(0, padded, stride, dilation, pads);
        Conv2dAxis columns = axis(1, padded, stride, dilation, pads);
        Conv2dShape shape = new Conv2dShape(dtype, batched, x[0], x[1], w[0], spec.groups(), rows, columns,
                spec.paddingMode());
        Shapes.numel(shape.inputShape());
        Shapes.numel(shape.outputShape()); // too many outputs are told before anything is allocated
        return shape;
    }

    private void checkBiasType() {
        if (bias != null) {
            require(bias.dtype() == dtype,
                    "Input type (" + dtype.nativeName() + ") and bias type (" + bias.dtype().nativeName()
                            + ") should be the same");
        }
    }

    /** String padding has checks of its own in front, with texts of its own. */
    private void checkSame() {
        require(w.length > 2, "weight should have at least three dimensions");
        require(spec.groups() >= 1, "non-positive groups is not supported");
        require(w.length == x.length,
                "Expected " + w.length + "-dimensional input for " + w.length + "-dimensional weight" + Shapes.format(w)
                        + ", but got "
                        + x.length + "-dimensional input of size " + Shapes.format(x) + " instead");
        require(oneOrTwo(spec.stride()), "stride cannot broadcast to 2 dimensions");
        require(oneOrTwo(spec.dilation()), "dilation cannot broadcast to 2 dimensions");
        require(spec.stride().stream().allMatch(s -> s == 1),
                "padding='same' is not supported for strided convolutions");
    }

    private void checkLists() {
        checkList("stride", spec.stride());
        if (spec.padding() instanceof Padding.Symmetric symmetric) {
            checkList("padding", symmetric.values());
        }
        checkList("dilation", spec.dilation());
        if (w.length != 4) { // with lists of one value the first that does not fit is one that only PyTorch's transposed convolution uses
            checkList("output_padding", List.of(0, 0));
        }
    }

    private void checkList(String name, List<Integer> values) {
        int axes = w.length - 2;
        require(values.size() == 1 || values.size() == axes,
                "expected " + name + " to be a single integer value or a list of " + axes
                        + " values to match the convolution dimensions, but got " + name + "=" + values);
    }

    /** Whether PyTorch would call {@code F.pad} first. */
    private boolean padsExplicitly() {
        return spec.padding() instanceof Padding.Sides || spec.paddingMode() != PaddingMode.ZEROS;
    }

    private static boolean oneOrTwo(List<Integer> values) {
        return values.size() == 1 || values.size() == 2;
    }

    private static int[] both(List<Integer> values) {
        return new int[] {values.get(0), values.get(values.size() - 1)};
    }

    /** Top, left, bottom, right. */
    private int[] pads(int[] dilation) {
        return switch (spec.padding()) {
            case Padding.Symmetric symmetric -> {
                int[] pad = both(symmetric.values());
                yield new int[] {pad[0], pad[1], pad[0], pad[1]};
            }
            case Padding.Sides sides -> new int[] {sides.top(), sides.left(), sides.bottom(), sides.right()};
            case Padding.Valid valid -> new int[4];
            case Padding.Same same -> {
                int rows = total(dilation[0], w[2]);
                int columns = total(dilation[1], w[3]);
                yield new int[] {rows / 2, columns / 2, rows - rows / 2, columns - columns / 2};
            }
        };
    }

    private static int total(int dilation, int kernel) {
        return Math
                .toIntExact(Math.clamp((long) dilation * (kernel - 1), Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2));
    }

    /** What {@code F.pad} checks: the columns first. */
    private void checkExplicitPadding(int[] pads) {
        if (!padsExplicitly()) {
            return;
        }
        for (int axis = 1; axis >= 0; axis--) {
            int size = x[2 + axis];
            int before = pads[axis];
            int after = pads[2 + axis];
            int dimension = given.length - 2 + axis;
            switch (spec.paddingMode()) {
                case REFLECT -> require(before < size && after < size,
                        "Argument #" + (axis == 1 ? 4 : 6)
                                + ": Padding size should be less than the corresponding input dimension, but got: padding ("
                                + before + ", " + after + ") at dimension " + dimension + " of input "
                                + Shapes.format(given));
                case REPLICATE -> require(x[2] > 0 && x[3] > 0 && x[1] > 0,
                        "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: "
                                + Shapes.format(given));
                case CIRCULAR ->
                    require(before <= size && after <= size, "Padding value causes wrapping around more than once.");
                case ZEROS -> {
                }
            }
            require((long) size + Math.min(before, 0) + Math.min(after, 0) >= 0 && (long) size + before + after >= 0,
                    "narrow(): length must be non-negative.");
        }
    }

    private void checkChannels() {
        int groups = spec.groups();
        require(w[0] >= groups,
                "Given groups=" + groups + ", expected weight to be at least " + groups
                        + " at dimension 0, but got weight of size " + Shapes.format(w) + " instead");
        require(w[0] % groups == 0,
                "Given groups=" + groups + ", expected weight to be divisible by " + groups
                        + " at dimension 0, but got weight of size ["
                        + Shapes.format(w) + "] instead");
        require(x[1] == (long) w[1] * groups,
                "Given groups=" + groups + ", weight of size " + Shapes.format(w) + ", expected input"
                        + Shapes.format(x)
                        + " to have " + (long) w[1] * groups + " channels, but got " + x[1] + " channels instead");
        if (bias != null) {
            require(bias.rank() == 1 && bias.size(0) == w[0],
                    "Given weight of size " + Shapes.format(w) + ", expected bias to be 1-dimensional with " + w[0]
                            + " elements, but got bias of size " + Shapes.format(bias.shape()) + " instead");
        }
    }

    private int[] checkedPaddedSize(int[] pads, int[] dilation) {
        long[] size = new long[2];
        long[] span = new long[2];
        for (int axis = 0; axis < 2; axis++) {
            size[axis] = (long) x[2 + axis] + pads[axis] + pads[2 + axis];
            span[axis] = (long) dilation[axis] * (w[2 + axis] - 1) + 1;
        }
        require(size[0] >= span[0] && size[1] >= span[1],
                "Calculated padded input size per channel: (" + size[0] + " x " + size[1] + "). Kernel size: ("
                        + span[0] + " x " + span[1] + "). Kernel size can't be greater than actual input size");
        require(size[0] <= Integer.MAX_VALUE && size[1] <= Integer.MAX_VALUE,
                "padded input size per channel (" + size[0] + " x " + size[1]
                        + ") has an axis of more than 2147483647 pixels");
        return new int[] {(int) size[0], (int) size[1]};
    }

    private void checkEmpty() {
        require(x[2] > 0 && x[3] > 0,
                "Only zero batch or zero channel inputs are supported, but got input shape: " + Shapes.format(x));
    }

    private Conv2dAxis axis(int axis, int[] padded, int[] stride, int[] dilation, int[] pads) {
        int span = dilation[axis] * (w[2 + axis] - 1) + 1;
        int output = (padded[axis] - span) / stride[axis] + 1;
        return new Conv2dAxis(x[2 + axis], w[2 + axis], stride[axis], dilation[axis], pads[axis], pads[2 + axis],
                output);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
