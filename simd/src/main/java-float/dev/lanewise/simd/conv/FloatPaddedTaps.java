package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;

/**
 * Whether taps that meet padding may be left out without changing a bit of the result.
 *
 * <p>A padded tap adds a zero times a weight to its block's sum. With an infinite or NaN weight that is NaN. Otherwise it is a zero, which can
 * only turn a sum of -0 into +0; and that is seen only if the bias is -0, because the running value is -0 in no other case.
 */
final class FloatPaddedTaps {
    private FloatPaddedTaps() {
    }

    /** Whether they may, for these weights and biases. */
    static boolean maySkip(Conv2dShape shape, float[] weights, float[] bias) {
        return shape.paddingMode() == PaddingMode.ZEROS && areFinite(weights) && !hasNegativeZero(bias);
    }

    private static boolean areFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNegativeZero(float[] values) {
        for (float value : values) {
            if (value == 0 && 1 / value < 0) {
                return true;
            }
        }
        return false;
    }
}
