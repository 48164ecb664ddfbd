package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a sound provider that makes one mistake, in each of its algorithms: it asks the algorithm for another convolution than the one
 * that is wanted, or spoils the result. Whoever writes an algorithm sees with it that the contract looks at that algorithm closely enough.
 */
public final class BrokenProvider implements Conv2dProvider {
    /** The mistakes that it can make. */
    public static final List<Fault> FAULTS = List.of(Fault.TAPS_IN_ANOTHER_ORDER, Fault.LAST_TILE_SHORT,
            Fault.BIAS_LOST,
            Fault.STRIDES_SWAPPED, Fault.LAST_GROUP_MISSING, Fault.PADDING_REPLICATED);
    /** Pixels of a tile: results that fill whole tiles are right. */
    private static final int TILE = 8;

    private final Conv2dProvider sound;
    private final Fault fault;

    /**
     * Breaks a provider.
     *
     * @param fault one of {@link #FAULTS}
     */
    public BrokenProvider(Conv2dProvider sound, Fault fault) {
        if (!FAULTS.contains(fault)) {
            throw new IllegalArgumentException("expected one of " + FAULTS + ", but got " + fault);
        }
        this.sound = sound;
        this.fault = fault;
    }

    @Override
    public String name() {
        return sound.name();
    }

    @Override
    public String describe() {
        return sound.describe() + ", with the fault " + fault;
    }

    @Override
    public boolean supports(DType dtype) {
        return sound.supports(dtype);
    }

    @Override
    public List<String> algorithms() {
        return sound.algorithms();
    }

    @Override
    public Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        Conv2dPlan right = sound.plan(shape, weight, bias, options);
        return switch (fault) {
            case TAPS_IN_ANOTHER_ORDER -> {
                if (shape.rows().kernel() * shape.columns().kernel() == 1) {
                    Conv2dPlan plan = sound.plan(shape, backwards(weight, 1, 1), bias, options);
                    yield new Plan(right, (x, y) -> plan.run(backwards(x, -3, shape.groups()), y));
                }
                // the image on its side: columns before rows
                Conv2dShape turned = withAxes(shape, shape.columns(), shape.rows(), shape.paddingMode());
                Conv2dPlan plan = sound.plan(turned, turned(weight), bias, options);
                yield new Plan(right, (x, y) -> plan.run(turned(x), turned(y)));
            }
            case LAST_TILE_SHORT -> new Plan(right, (x, y) -> {
                right.run(x, y);
                if (shape.outputPixels() % TILE != 0) {
                    lastPixel(y).copyFrom(Tensor.zeros(shape.dtype(), lastPixel(y).shape()));
                }
            });
            case BIAS_LOST -> new Plan(right, sound.plan(shape, weight, null, options)::run);
            case STRIDES_SWAPPED -> shape.rows().stride() == shape.columns().stride()
                    ? right
                    : stridesSwapped(right, shape, weight, bias, options);
            case LAST_GROUP_MISSING -> shape.groups() == 1 ? right : groupMissing(right, weight, bias, options);
            default -> shape.paddingMode() != PaddingMode.ZEROS || shape.inputChannels() == 0
                    ? right
                    : new Plan(right, sound.plan(withAxes(shape, shape.rows(), shape.columns(), PaddingMode.REPLICATE),
                            weight, bias, options)::run);
        };
    }

    private Conv2dPlan stridesSwapped(Conv2dPlan right, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            Conv2dOptions options) {
        Conv2dShape swapped = withAxes(shape, withStride(shape.rows(), shape.columns().stride()),
                withStride(shape.columns(), shape.rows().stride()), shape.paddingMode());
        Conv2dPlan plan = sound.plan(swapped, weight, bias, options);
        return new Plan(right, (x, y) -> {
            Tensor wrong = Tensor.zeros(shape.dtype(), swapped.outputShape());
            plan.run(x, wrong);
            int rows = Math.min(wrong.size(-2), y.size(-2));
            int columns = Math.min(wrong.size(-1), y.size(-1));
            y.copyFrom(Tensor.zeros(shape.dtype(), y.shape()));
            y.narrow(-2, 0, rows).narrow(-1, 0, columns)
                    .copyFrom(wrong.narrow(-2, 0, rows).narrow(-1, 0, columns));
        });
    }

    private Conv2dPlan groupMissing(Conv2dPlan right, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        Conv2dShape shape = right.shape();
        int in = shape.inputChannels() - shape.groupInputChannels();
        int out = shape.outputChannels() - shape.groupOutputChannels();
        Conv2dShape fewer = new Conv2dShape(shape.dtype(), shape.batched(), shape.batch(), in, out, shape.groups() - 1,
                shape.rows(), shape.columns(), shape.paddingMode());
        Conv2dPlan plan = sound.plan(fewer, weight.narrow(0, 0, out), bias == null ? null : bias.narrow(0, 0, out),
                options);
        return new Plan(right, (x, y) -> plan.run(x.narrow(-3, 0, in), y.narrow(-3, 0, in == 0 ? 0 : out)));
    }

    private static Conv2dShape withAxes(Conv2dShape shape, Conv2dAxis rows, Conv2dAxis columns, PaddingMode mode) {
        return new Conv2dShape(shape.dtype(), shape.batched(), shape.batch(), shape.inputChannels(),
                shape.outputChannels(), shape.groups(), rows, columns, mode);
    }

    private static Conv2dAxis withStride(Conv2dAxis axis, int stride) {
        return new Conv2dAxis(axis.input(), axis.kernel(), stride, axis.dilation(), axis.before(), axis.after(),
                (axis.padded() - axis.span()) / stride + 1);
    }

    private static Tensor turned(Tensor image) {
        return image.transpose(-2, -1);
    }

    /** The channels of each group from the last to the first. */
    private static Tensor backwards(Tensor tensor, int axis, int groups) {
        Tensor backwards = Tensor.zeros(tensor.dtype(), tensor.shape());
        int channels = tensor.size(axis) / groups;
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < channels; c++) {
                backwards.narrow(axis, g * channels + c, 1)
                        .copyFrom(tensor.narrow(axis, (g + 1) * channels - 1 - c, 1));
            }
        }
        return backwards;
    }

    /** The last pixel of each plane. */
    private static Tensor lastPixel(Tensor y) {
        return y.narrow(-2, y.size(-2) - 1, 1).narrow(-1, y.size(-1) - 1, 1);
    }

    /** A plan that says that it is the right one. */
    private record Plan(Conv2dPlan right, BiConsumer<Tensor, Tensor> computation) implements Conv2dPlan {
        @Override
        public Conv2dShape shape() {
            return right.shape();
        }

        @Override
        public String algorithm() {
            return right.algorithm();
        }

        @Override
        public String describe() {
            return right.describe();
        }

        @Override
        public long scratchBytes() {
            return right.scratchBytes();
        }

        @Override
        public void run(Tensor x, Tensor y) {
            computation.accept(x, y);
        }
    }
}
