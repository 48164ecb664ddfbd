package dev.lanewise.core.conv;

import dev.lanewise.core.provider.Provider;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can compute convolutions. Found by {@link java.util.ServiceLoader}, chosen by {@link Conv2dProviders}.
 *
 * <p>Every provider gives the bits of {@link ReferenceProvider}; the test kit's contract suite asserts it.
 */
public interface Conv2dProvider extends Provider {
    /** Whether it computes in this type. */
    boolean supports(DType dtype);

    /** The names that {@link Conv2dOptions#algorithm} may have. */
    List<String> algorithms();

    /**
     * Chooses an algorithm and packs the weights.
     *
     * @param weight [Cout, Cin/groups, R, S], copied
     * @param bias [Cout] or null, copied
     * @throws IllegalArgumentException if the forced algorithm is unknown or cannot compute this shape, or there are epilogues that this
     *     provider, or any on an integer type, cannot apply
     */
    Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options);

    /**
     * A plan for inputs of another size with the weights of a plan that this provider made: shares what that one has packed, and costs microseconds where the same algorithm suits both
     * sizes, or has suited one before (measured on the Vector API: 0.2 to 7 microseconds in place of 2 to 470).
     *
     * @param plan a plan of these weights
     * @param weight [Cout, Cin/groups, R, S], as it was when the first plan was made; copied where an algorithm needs it in another order than those before
     * @param bias [Cout] or null, as it was then
     * @throws IllegalArgumentException as {@link #plan}
     */
    default Conv2dPlan replan(Conv2dPlan plan, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            Conv2dOptions options) {
        return plan(shape, weight, bias, options);
    }
}
