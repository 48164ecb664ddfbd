package dev.lanewise.core.nn;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A convolution that owns its weight and bias: PyTorch's {@code torch.nn.Conv2d}.
 *
 * <pre>{@code
 * Conv2d conv = Conv2d.builder(2, 3, 3).padding(1).bias(false).build(new Generator(0));
 * Tensor y = conv.forward(x);
 * }</pre>
 *
 * <p>It runs on the fastest provider and keeps the plan, with its packed weights, of the last call for as long as weight and bias
 * stay as they are. Inputs of another size get a plan of their own that shares these weights, and takes the place of the one before: sizes cost no memory. A new weight, and writing to it through a tensor or any view of it, are noticed. <b>After writing to the array
 * behind it, call {@code weight().markModified()}</b>.
 *
 * <p>{@link #forward} may be called by many threads; changing the parameters meanwhile is the caller's to order.
 */
public final class Conv2d {
    private final Conv2dSpec spec;
    private final Conv2dOptions options;
    private volatile Tensor weight;
    private volatile @Nullable Tensor bias;
    private volatile @Nullable CachedPlan cached;

    Conv2d(Conv2dSpec spec, Conv2dOptions options, Tensor weight, @Nullable Tensor bias) {
        this.spec = spec;
        this.options = options;
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * A layer with a square kernel.
     *
     * @param inChannels Cin
     * @param outChannels Cout
     * @param kernelSize R and S, in pixels
     */
    public static Conv2dBuilder builder(int inChannels, int outChannels, int kernelSize) {
        return builder(inChannels, outChannels, kernelSize, kernelSize);
    }

    /**
     * A layer with a kernel of any size.
     *
     * @param inChannels Cin
     * @param outChannels Cout
     * @param kernelHeight R, in pixels
     * @param kernelWidth S, in pixels
     */
    public static Conv2dBuilder builder(int inChannels, int outChannels, int kernelHeight, int kernelWidth) {
        return new Conv2dBuilder(inChannels, outChannels, kernelHeight, kernelWidth);
    }

    /** The weight itself, weight [Cout, Cin/groups, R, S]; writing to it changes the layer. */
    public Tensor weight() {
        return weight;
    }

    /** Replaces the weight, weight [Cout, Cin/groups, R, S]. As in PyTorch, whether it suits is seen by {@link #forward}. */
    public void setWeight(Tensor weight) {
        this.weight = Objects.requireNonNull(weight, "weight");
    }

    /** The bias itself, bias [Cout], or null; writing to it changes the layer. */
    public @Nullable Tensor bias() {
        return bias;
    }

    /** Replaces the bias, bias [Cout], or takes it away. As in PyTorch, whether it suits is seen by {@link #forward}. */
    public void setBias(@Nullable Tensor bias) {
        this.bias = bias;
    }

    /** Stride, padding, dilation and groups. */
    public Conv2dSpec spec() {
        return spec;
    }

    /**
     * Applies the layer.
     *
     * @param x [N, Cin, H, W] or [Cin, H, W]
     * @return a new tensor [N, Cout, P, Q] or [Cout, P, Q], in the layout that the layer's options say
     * @throws IllegalArgumentException if x and the parameters do not go together, in PyTorch's words
     */
    public Tensor forward(Tensor x) {
        Conv2dPlan plan = plan(x);
        Tensor y = options.layout().zeros(x.dtype(), plan.shape().outputShape());
        plan.run(x, y);
        return y;
    }

    /** The plan that {@link #forward} runs for this input: the one kept, where it still holds. */
    Conv2dPlan plan(Tensor x) {
        Tensor currentWeight = weight;
        Tensor currentBias = bias;
        Conv2dShape shape = Conv2dShape.of(x, currentWeight, currentBias, spec);
        CachedPlan kept = cached;
        CachedPlan wanted = kept != null && kept.holds(currentWeight, currentBias)
                ? kept.forShape(shape, options)
                : CachedPlan.make(shape, currentWeight, currentBias, options);
        cached = wanted;
        return wanted.plan();
    }

    /** The layer as Python prints it: {@code Conv2d(2, 3, kernel_size=(3, 3), stride=(1, 1), bias=False)}. */
    @Override
    public String toString() {
        return Conv2dDescription.of(weight, bias, spec);
    }
}
