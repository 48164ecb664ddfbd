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

    /** Taps from which the transposition of the results costs less than vectors that are not full (3x3 with 128 channels). */
    private static final int TRANSPOSE_PAYS = 1024;

    /** Pixels of a row up to which tiles of neighbouring pixels fit it better than vectors do (33 pixels: 0.63 of the peak, im2col 0.77). */
    private static final int SHORT_ROW = 16;

    private AlgorithmSelector() {
    }

    /**
     * Chooses.
     *
     * @param lanes the lanes of a vector of the shape's type
     * @param forced the name of an algorithm, or null
     * @throws IllegalArgumentException if the forced algorithm is unknown or cannot compute this shape
     */
    static Choice select(Conv2dShape shape, int lanes, @Nullable String forced) {
        if (forced != null) {
            return new Choice(checked(parse(forced), shape), "forced");
        }
        if (FloatDepthwise.canCompute(shape)) {
            return new Choice(Algorithm.DEPTHWISE, "one input channel per group, and a kernel of this size");
        }
        boolean oneTap = shape.rows().kernel() * shape.columns().kernel() == 1;
        if (oneTap && FloatPointwise.canCompute(shape) && shape.groupInputChannels() > 1) {
            return new Choice(Algorithm.POINTWISE, "a 1x1 kernel multiplies x as it is");
        }
        if (oneTap && shape.groupInputChannels() > 1) {
            return new Choice(Algorithm.IM2COL_GEMM, "with a 1x1 kernel im2col copies each pixel once");
        }
        boolean smallImage = shape.columns().output() <= SHORT_ROW && pixelsComputed(shape, lanes) > 1.1;
        if (smallImage && shape.taps() >= TRANSPOSE_PAYS && shape.groupOutputChannels() >= 3 * lanes) {
            return new Choice(Algorithm.DIRECT_CHANNELS,
                    "the image is too small for vectors of pixels, and has many channels");
        }
        if (pixelsComputed(shape, 1) > 1.15) {
            return new Choice(Algorithm.IM2COL_GEMM, "rows are short against the padding between them");
        }
        return new Choice(Algorithm.DIRECT, "x is copied once, not once per tap");
    }

    private static Algorithm checked(Algorithm algorithm, Conv2dShape shape) {
        boolean computes = switch (algorithm) {
            case DEPTHWISE -> FloatDepthwise.canCompute(shape);
            case POINTWISE -> FloatPointwise.canCompute(shape);
            default -> true;
        };
        if (!computes) {
            Conv2dAxis rows = shape.rows();
            Conv2dAxis columns = shape.columns();
            throw new IllegalArgumentException("algorithm " + algorithm + " cannot compute "
                    + shape.groupInputChannels() + " input channels per group with a kernel of " + rows.kernel() + "x"
                    + columns.kernel() + ", stride " + rows.stride() + "x" + columns.stride() + ", padding "
                    + rows.before() + "," + columns.before() + "," + rows.after() + "," + columns.after()
                    + " and dilation " + rows.dilation() + "x" + columns.dilation());
        }
        return algorithm;
    }

    /** What the direct algorithm computes in whole vectors along padded rows, as a multiple of the output's pixels. */
    private static double pixelsComputed(Conv2dShape shape, int lanes) {
        int run = (shape.rows().output() - 1) * new PhasedImage(shape, 0).ld + shape.columns().output();
        return (double) Math.ceilDiv(run, lanes) * lanes / shape.outputPixels();
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
