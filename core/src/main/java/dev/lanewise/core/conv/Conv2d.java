package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's {@code torch.nn.functional.conv2d}.
 *
 * <pre>{@code
 * Tensor y = Conv2d.apply(x, weight, bias, Conv2dSpec.DEFAULT.withPadding(1));
 * }</pre>
 *
 * <p>It is a cross-correlation: the kernel is not flipped. Output element {@code y[n, o, p, q]} is
 * <pre>
 * bias[o] + sum over c, r, s of xpad[n, g*Cin/groups + c, p*stride + r*dilation, q*stride + s*dilation] * weight[o, c, r, s]
 * </pre>
 * where g is the group of o. For repeated use make a plan, which packs the weights once.
 */
public final class Conv2d {
    private Conv2d() {
    }

    /**
     * One convolution on the calling thread, by the fastest provider there is.
     *
     * @param x [N, Cin, H, W] or [Cin, H, W]
     * @param weight [Cout, Cin/groups, R, S]
     * @param bias [Cout], or null
     * @return a new contiguous tensor [N, Cout, P, Q] or [Cout, P, Q]
     * @throws IllegalArgumentException if the arguments do not go together, in PyTorch's words
     */
    public static Tensor apply(Tensor x, Tensor weight, @Nullable Tensor bias, Conv2dSpec spec) {
        Conv2dPlan plan = plan(Conv2dShape.of(x, weight, bias, spec), weight, bias, Conv2dOptions.DEFAULT);
        Tensor y = Tensor.zeros(x.dtype(), plan.shape().outputShape());
        plan.run(x, y);
        return y;
    }

    /**
     * A plan of the fastest provider that computes in the shape's type.
     *
     * @param weight [Cout, Cin/groups, R, S], copied
     * @param bias [Cout] or null, copied
     */
    public static Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        return Conv2dProviders.forType(shape.dtype()).plan(shape, weight, bias, options);
    }

    /**
     * A plan for inputs of another size with the weights of a plan that {@link #plan} or this method made. Both share the packed weights.
     *
     * <pre>{@code
     * Conv2dPlan next = Conv2d.replan(plan, Conv2dShape.of(x, weight, bias, spec), weight, bias, options);
     * }</pre>
     *
     * @param weight [Cout, Cin/groups, R, S], as it was when the first plan was made
     * @param bias [Cout] or null, as it was then
     */
    public static Conv2dPlan replan(Conv2dPlan plan, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            Conv2dOptions options) {
        return Conv2dProviders.forType(shape.dtype()).replan(plan, shape, weight, bias, options);
    }
}
