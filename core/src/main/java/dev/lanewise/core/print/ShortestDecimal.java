package dev.lanewise.core.print;

import dev.lanewise.core.tensor.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The decimal of fewest digits that reads back as the same float or double. */
final class ShortestDecimal {
    private ShortestDecimal() {
    }

    /** The decimal for the magnitude of a finite value of this type, without trailing zeros. */
    static BigDecimal of(double value, DType dtype) {
        double magnitude = Math.abs(value);
        String text = dtype == DType.FLOAT32 ? Float.toString((float) magnitude) : Double.toString(magnitude);
        BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
        return decimal.precision() == 2 ? oneDigitIfEnough(decimal, magnitude, dtype) : decimal;
    }

    /** Java prefers the nearest of the two-digit decimals to one of a single digit; this matters for the smallest subnormals. */
    private static BigDecimal oneDigitIfEnough(BigDecimal decimal, double magnitude, DType dtype) {
        BigDecimal one = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
        double back = dtype == DType.FLOAT32 ? one.floatValue() : one.doubleValue();
        return back == magnitude ? one : decimal;
    }
}
