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
}
