package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.PaddingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When padded taps may be left out: that it changes no bit where they are is for PaddedTapsTest. */
class FloatPaddedTapsTest {
    private static final float[] ONES = {1, 1, 1};

    private static Conv2dShape shape(PaddingMode mode) {
        return Shapes.of(1, 8, 8, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(1).withPaddingMode(mode));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, true", "-0.0, true", "1e-45, true", "-3e38, true", "NaN, false", "Infinity, false",
        "-Infinity, false"})
    void weightsAreFinite(float weight, boolean expected) {
        assertEquals(expected, FloatPaddedTaps.maySkip(shape(PaddingMode.ZEROS), new float[] {1, weight, 2}, ONES));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, true", "-0.0, false", "-1, true", "-1e-45, true", "NaN, true", "-Infinity, true"})
    void noBiasIsNegativeZero(float bias, boolean expected) {
        assertEquals(expected, FloatPaddedTaps.maySkip(shape(PaddingMode.ZEROS), ONES, new float[] {1, bias, 2}));
    }

    @ParameterizedTest
    @EnumSource(value = PaddingMode.class, mode = EnumSource.Mode.EXCLUDE, names = "ZEROS")
    void otherPaddingIsPixels(PaddingMode mode) {
        assertFalse(FloatPaddedTaps.maySkip(shape(mode), ONES, ONES));
    }

    @Test
    void withoutABias() {
        assertTrue(FloatPaddedTaps.maySkip(shape(PaddingMode.ZEROS), ONES, new float[0]));
    }
}
