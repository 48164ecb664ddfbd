package dev.lanewise.core.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as Python's {@code format} writes them: the exact binary value, rounded half to even. */
final class PythonFloat {
    private PythonFloat() {
    }

    /** {@code "{:.Nf}"}: N digits behind the point. */
    static String fixed(double value, int digits) {
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        return sign(value) + new BigDecimal(Math.abs(value)).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** {@code "{:.Ne}"}: one digit before the point, N behind it, an exponent of at least two digits. */
    static String scientific(double value, int digits) {
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        if (value == 0) {
            return sign(value) + BigDecimal.ZERO.setScale(digits).toPlainString() + "e+00";
        }
        BigDecimal rounded = new BigDecimal(Math.abs(value)).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent).setScale(digits).toPlainString();
        return sign(value) + mantissa + "e" + exponent(exponent, 2);
    }

    /** A signed exponent of at least so many digits. */
    static String exponent(int exponent, int digits) {
        String plain = Integer.toString(Math.abs(exponent));
        return (exponent < 0 ? "-" : "+") + "0".repeat(Math.max(digits - plain.length(), 0)) + plain;
    }

    static String sign(double value) {
        return Math.copySign(1, value) < 0 ? "-" : "";
    }

    static String nonFinite(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
}
