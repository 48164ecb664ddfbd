package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is verified.
 *
 * @param strength how close it has to come
 * @param provider computes
 * @param algorithm the one of its algorithms that computes, or null for its own choice
 * @param dtypes the types in which it computes
 * @param layout what its plans are made for
 */
public record Subject(Strength strength, Conv2dProvider provider, @Nullable String algorithm, List<DType> dtypes,
        ImageLayout layout) {
    /** Of plans for NCHW. */
    public Subject(Strength strength, Conv2dProvider provider, @Nullable String algorithm, List<DType> dtypes) {
        this(strength, provider, algorithm, dtypes, ImageLayout.NCHW);
    }

    /**
     * Checks that the provider has all this.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Subject {
        dtypes = List.copyOf(dtypes);
        if (algorithm != null && !provider.algorithms().contains(algorithm)) {
            throw new IllegalArgumentException("the provider '" + provider.name() + "' has no algorithm '" + algorithm
                    + "', expected one of " + provider.algorithms());
        }
        for (DType dtype : dtypes) {
            if (!provider.supports(dtype)) {
                throw new IllegalArgumentException(
                        "the provider '" + provider.name() + "' does not compute in " + dtype.label());
            }
        }
    }

    /** How its plans are made. */
    Conv2dOptions options() {
        return Conv2dOptions.DEFAULT.withAlgorithm(algorithm).withLayout(layout);
    }

    /** What of a convolution the subject has no way to say; nothing if it computes this one. */
    Optional<String> lacks(Conv2dCase c) {
        return provider instanceof PeerProvider peer ? peer.lacks(c.shape()) : Optional.empty();
    }

    @Override
    public String toString() {
        return provider.name() + (algorithm == null ? "" : " " + algorithm)
                + (layout == ImageLayout.NCHW ? "" : ", " + layout) + " in "
                + dtypes.stream().map(DType::label).collect(Collectors.joining(" and "));
    }
}
