package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import org.jspecify.annotations.Nullable;

/** Which algorithm computes a convolution: a pure function. */
final class AlgorithmSelector {
    /** What was chosen, and why. */
    record Choice(Algorithm algorithm, String reason) {
    }

    private AlgorithmSelector() {
    }

    /**
     * Chooses.
     *
     * @param forced the name of an algorithm, or null
     * @throws IllegalArgumentException if the forced algorithm is unknown or cannot compute this shape
     */
    static Choice select(Conv2dShape shape, @Nullable String forced) {
        if (forced != null) {
            return new Choice(checked(shape, forced), "forced");
        }
        if (canCompute(Algorithm.DEPTHWISE, shape)) {
            return new Choice(Algorithm.DEPTHWISE,
                    "each output channel sees one input channel, a matrix product would have one row");
        }
        return new Choice(Algorithm.IM2COL_GEMM, "computes every shape");
    }

    static boolean canCompute(Algorithm algorithm, Conv2dShape shape) {
        return switch (algorithm) {
            case IM2COL_GEMM -> true;
            case DEPTHWISE -> shape.groupInputChannels() == 1;
        };
    }

    private static Algorithm checked(Conv2dShape shape, String forced) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().equals(forced)) {
                if (!canCompute(algorithm, shape)) {
                    throw new IllegalArgumentException(
                            "algorithm " + forced + " cannot compute " + shape.groupInputChannels()
                                    + " input channels per group with a kernel of " + shape.rows().kernel() + "x"
                                    + shape.columns().kernel());
                }
                return algorithm;
            }
        }
        throw new IllegalArgumentException(
                "unknown algorithm " + forced + ", expected one of " + java.util.Arrays.toString(Algorithm.values()));
    }
}
