package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's checks of conv2d's arguments, with its messages and in its order, so that a call that is wrong in two ways is told the same.
 *
 * <p>Like PyTorch this first brings the kinds of padding down to the one that its convolution knows, an amount for the rows and one for
 * the columns ({@link ConvolutionChecks}): where {@code F.pad} pads explicitly (four-sided padding, and all modes but zeros) the
 * convolution sees the padded image and no padding; "same" pads by the odd pixel and leaves the even rest to the convolution.
 */
final class Conv2dChecks {
    private static final Padding.Sides UNPADDED = new Padding.Sides(0, 0, 0, 0);
    private static final List<Integer> NONE = List.of(0, 0);

    private final DType dtype;
    private final int[] given;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final Conv2dSpec spec;

    Conv2dChecks(DType dtype, int[] xShape, Tensor weight, @Nullable Tensor bias, Conv2dSpec spec) {
        this.dtype = dtype;
        this.given = xShape;
        this.weight = weight;
        this.bias = bias;
        this.spec = spec;
    }

    Conv2dShape run() {
        if (spec.paddingMode() != PaddingMode.ZEROS) {
            return explicit();
        }
        return switch (spec.padding()) {
            case Padding.Symmetric symmetric -> {
                ConvolutionChecks.checkBiasType(dtype, bias);
                yield convolution(batched(), UNPADDED, symmetric.values(), NONE);
            }
            case Padding.Sides sides -> explicit();
            case Padding.Valid valid -> convolution(batched(), UNPADDED, List.of(0), List.of(0));
            case Padding.Same same -> same();
        };
    }

    private Conv2dShape explicit() {
        int[] x = batched();
        Padding.Sides pads = switch (spec.padding()) {
            case Padding.Symmetric symmetric -> {
                ConvolutionChecks.checkList("padding", symmetric.values(), 2);
                int rows = symmetric.values().getFirst();
                int columns = symmetric.values().getLast();
                yield new Padding.Sides(rows, columns, rows, columns);
            }
            case Padding.Sides sides -> sides;
            case Padding.Valid valid -> UNPADDED;
            case Padding.Same same -> {
                checkSame(x);
                yield same(x);
            }
        };
        PadChecks.check(given, pads, spec.paddingMode());
        ConvolutionChecks.checkBiasType(dtype, bias);
        return convolution(padded(x, pads), pads, NONE, NONE);
    }

    private Conv2dShape same() {
        int[] x = batched();
        checkSame(x);
        Padding.Sides all = same(x);
        if (Math.min(all.top(), all.bottom()) < 0 || Math.min(all.left(), all.right()) < 0) { // from a negative dilation
            throw new IllegalArgumentException(ConvolutionChecks.NEGATIVE_PADDING);
        }
        Padding.Sides odd = new Padding.Sides(0, 0, all.bottom() - all.top(), all.right() - all.left());
        return convolution(padded(x, odd), odd, List.of(all.top(), all.left()), NONE);
    }

    private Conv2dShape convolution(int[] x, Padding.Sides padded, List<Integer> padding, List<Integer> outputPadding) {
        return new ConvolutionChecks(dtype, given.length != 3, x, padded, weight, bias, spec, padding, outputPadding)
                .run();
    }

    /** The shape of x with the axis N. */
    private int[] batched() {
        return switch (given.length) {
            case 4 -> given.clone();
            case 3 -> new int[] {1, given[0], given[1], given[2]};
            default -> throw new IllegalArgumentException(
                    "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: "
                            + Shapes.format(given));
        };
    }

    private static int[] padded(int[] x, Padding.Sides pads) {
        return new int[] {x[0], x[1], x[2] + pads.top() + pads.bottom(), x[3] + pads.left() + pads.right()};
    }

    /** String padding has checks of its own in front, with texts of its own. */
    private void checkSame(int[] x) {
        int[] w = weight.shape();
        ConvolutionChecks.checkWeightRank(w);
        ConvolutionChecks.checkGroups(spec.groups());
        if (w.length != x.length) {
            throw new IllegalArgumentException("Expected " + w.length + "-dimensional input for " + w.length
                    + "-dimensional weight" + Shapes.format(w)
                    + ", but got " + x.length + "-dimensional input of size " + Shapes.format(x) + " instead");
        }
        checkBroadcasts("stride", spec.stride());
        checkBroadcasts("dilation", spec.dilation());
        for (int stride : spec.stride()) {
            if (stride != 1) {
                throw new IllegalArgumentException("padding='same' is not supported for strided convolutions");
            }
        }
        ConvolutionChecks.checkTaps(w);
    }

    private static void checkBroadcasts(String name, List<Integer> values) {
        if (values.size() != 1 && values.size() != 2) {
            throw new IllegalArgumentException(name + " cannot broadcast to 2 dimensions");
        }
    }

    private Padding.Sides same(int[] x) {
        int rows = total(x[2], spec.dilation().getFirst(), weight.size(2));
        int columns = total(x[3], spec.dilation().getLast(), weight.size(3));
        return new Padding.Sides(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
    }

    private static int total(int size, int dilation, int kernel) {
        long total = (long) dilation * (kernel - 1);
        PadChecks.checkAxisLength(size + total);
        return (int) Math.max(total, Integer.MIN_VALUE); // a negative one is refused, whatever its size
    }
}
