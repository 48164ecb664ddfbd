package dev.lanewise.core.nn;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code torch.nn.Conv2d}, with PyTorch's defaults: stride 1, no padding, dilation 1, one group, with a bias, float32.
 *
 * <p>{@code build} checks them as PyTorch's constructor does. As there, a stride, dilation or padding that makes no sense is only seen by
 * {@link Conv2d#forward}.
 */
public final class Conv2dBuilder {
    private final int inChannels;
    private final int outChannels;
    private final int kernelHeight;
    private final int kernelWidth;
    private Conv2dSpec spec = Conv2dSpec.DEFAULT;
    private @Nullable String paddingName;
    private String paddingModeName = PaddingMode.ZEROS.label();
    private boolean withBias = true;
    private DType dtype = DType.FLOAT32;
    private Conv2dOptions options = Conv2dOptions.DEFAULT;

    Conv2dBuilder(int inChannels, int outChannels, int kernelHeight, int kernelWidth) {
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.kernelHeight = kernelHeight;
        this.kernelWidth = kernelWidth;
    }

    /** Stride, padding, padding mode, dilation and groups at once. */
    public Conv2dBuilder spec(Conv2dSpec spec) {
        this.spec = spec;
        paddingName = null;
        return paddingMode(spec.paddingMode());
    }

    /** Pixels between two outputs, on both axes. */
    public Conv2dBuilder stride(int stride) {
        return stride(stride, stride);
    }

    /** Pixels between two outputs, for the rows and for the columns. */
    public Conv2dBuilder stride(int rows, int columns) {
        spec = spec.withStride(rows, columns);
        return this;
    }

    /** Padding on all sides, in pixels. */
    public Conv2dBuilder padding(int all) {
        return padding(Padding.of(all));
    }

    /** Padding above and below, and left and right, in pixels. */
    public Conv2dBuilder padding(int rows, int columns) {
        return padding(Padding.of(rows, columns));
    }

    /** Any padding. */
    public Conv2dBuilder padding(Padding padding) {
        spec = spec.withPadding(padding);
        paddingName = null;
        return this;
    }

    /** {@code "same"} or {@code "valid"}. */
    public Conv2dBuilder padding(String name) {
        paddingName = Objects.requireNonNull(name, "name");
        return this;
    }

    /** What padded pixels hold. */
    public Conv2dBuilder paddingMode(PaddingMode mode) {
        return paddingMode(mode.label());
    }

    /** What padded pixels hold: {@code "zeros"}, {@code "reflect"}, {@code "replicate"} or {@code "circular"}. */
    public Conv2dBuilder paddingMode(String name) {
        paddingModeName = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Pixels between two taps, on both axes; 1 means adjacent. */
    public Conv2dBuilder dilation(int dilation) {
        return dilation(dilation, dilation);
    }

    /** Pixels between two taps, for the rows and for the columns; 1 means adjacent. */
    public Conv2dBuilder dilation(int rows, int columns) {
        spec = spec.withDilation(rows, columns);
        return this;
    }

    /** Into how many independent convolutions the channels fall. */
    public Conv2dBuilder groups(int groups) {
        spec = spec.withGroups(groups);
        return this;
    }

    /** Whether there is a bias. */
    public Conv2dBuilder bias(boolean withBias) {
        this.withBias = withBias;
        return this;
    }

    /** Float32 or float64. */
    public Conv2dBuilder dtype(DType dtype) {
        this.dtype = dtype;
        return this;
    }

    /** Threads and algorithm; they change no bit of the result. */
    public Conv2dBuilder options(Conv2dOptions options) {
        this.options = options;
        return this;
    }

    /**
     * A layer with PyTorch's initial values: the weight is drawn first, then the bias.
     *
     * @throws IllegalArgumentException if the arguments do not go together, in PyTorch's words; nothing is drawn then
     */
    public Conv2d build(Generator generator) {
        Conv2dSpec checked = checkedSpec();
        Tensor weight = Tensor.zeros(dtype, weightShape());
        Tensor bias = withBias ? Tensor.zeros(dtype, outChannels) : null;
        Parameters.initWeight(generator, weight);
        if (bias != null) {
            Parameters.initBias(generator, bias, weight);
        }
        return new Conv2d(checked, options, weight, bias);
    }

    /**
     * A layer that owns these parameters; nothing is drawn, and whether there is a bias says the argument.
     *
     * @param weight [Cout, Cin/groups, R, S], not copied
     * @param bias [Cout], not copied, or null
     * @throws IllegalArgumentException if the arguments do not go together, in PyTorch's words
     */
    public Conv2d build(Tensor weight, @Nullable Tensor bias) {
        return new Conv2d(checkedSpec(), options, weight, bias);
    }

    private int[] weightShape() {
        return new int[] {outChannels, inChannels / spec.groups(), kernelHeight, kernelWidth};
    }

    /** The constructor's checks, in PyTorch's order. */
    private Conv2dSpec checkedSpec() {
        require(spec.groups() > 0, "groups must be a positive integer");
        require(inChannels % spec.groups() == 0, "in_channels must be divisible by groups");
        require(outChannels % spec.groups() == 0, "out_channels must be divisible by groups");
        Padding padding = checkedPadding();
        require(!(padding instanceof Padding.Same) || spec.stride().equals(List.of(1, 1)),
                "padding='same' is not supported for strided convolutions");
        return spec.withPadding(padding).withPaddingMode(PaddingMode.parse(paddingModeName));
    }

    private Padding checkedPadding() {
        if (paddingName == null) {
            return spec.padding();
        }
        require(paddingName.equals("same") || paddingName.equals("valid"),
                "Invalid padding string '" + paddingName + "', should be one of {'same', 'valid'}");
        return Padding.parse(paddingName);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
