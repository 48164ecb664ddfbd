package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import java.util.Arrays;
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
            Algorithm algorithm = parse(forced);
            if (!canCompute(algorithm, shape)) {
                throw new IllegalArgumentException(
                        "algorithm " + forced + " cannot compute " + shape.groupInputChannels()
                                + " input channels per group with a kernel of " + shape.rows().kernel() + "x"
                                + shape.columns().kernel() + ", stride "
                                + shape.rows().stride() + "x" + shape.columns().stride() + " and dilation "
                                + shape.rows().dilation() + "x"
                                + shape.columns().dilation());
            }
            return new Choice(algorithm, "forced");
        }
        if (canCompute(Algorithm.DEPTHWISE, shape)) {
            return new Choice(Algorithm.DEPTHWISE, "one input channel per group, and a kernel of this size");
        }
        if (shape.rows().kernel() * shape.columns().kernel() == 1 && shape.groupInputChannels() > 1) {
            return new Choice(Algorithm.IM2COL_GEMM, "with a 1x1 kernel im2col copies each pixel once");
        }
        if (wideRow(shape.columns()) > 1.3 * shape.columns().output()) {
            return new Choice(Algorithm.IM2COL_GEMM, "rows are short against the padding between them");
        }
        return new Choice(Algorithm.DIRECT, "x is copied once, not once per tap");
    }

    private static boolean canCompute(Algorithm algorithm, Conv2dShape shape) {
        return algorithm != Algorithm.DEPTHWISE || FloatDepthwise.canCompute(shape);
    }

    /** The pixels that the direct algorithm computes for a row. */
    private static int wideRow(Conv2dAxis columns) {
        return columns.output() + (columns.span() - 1) / columns.stride();
    }

    private static Algorithm parse(String forced) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().equals(forced)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException(
                "unknown algorithm " + forced + ", expected one of " + Arrays.toString(Algorithm.values()));
    }
}
