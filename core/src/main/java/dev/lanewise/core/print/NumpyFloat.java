package dev.lanewise.core.print;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * The form that NumPy gives to all floats of an array: each with its shortest digits, at most so many behind the point, and
 * padded so that the points stand below each other; scientific, with equally many digits, where magnitudes spread too far.
 */
final class NumpyFloat {
    private final DType dtype;
    private final boolean scientific;
    private final int padLeft;
    private final int padRight;
    private final int precision;
    private final int exponentDigits;

    NumpyFloat(Tensor shown, int precision) {
        dtype = shown.dtype();
        double[] finite = Corners.values(shown, Double::isFinite);
        scientific = isScientific(finite);
        List<Parts> parts = Arrays.stream(finite)
                .mapToObj(v -> scientific ? scientific(v, precision) : positional(v, precision)).toList();
        int fraction = parts.stream().mapToInt(p -> p.fraction().length()).max().orElse(0);
        exponentDigits = parts.stream().mapToInt(p -> p.exponent().length() - 1).max().orElse(0);
        this.precision = scientific ? fraction : precision;
        padRight = scientific ? exponentDigits + 2 + fraction : fraction;
        int left = parts.stream().mapToInt(p -> p.integer().length()).max().orElse(0);
        double[] others = Corners.values(shown, v -> !Double.isFinite(v));
        int longest = Arrays.stream(others).mapToInt(v -> v == Double.NEGATIVE_INFINITY ? 4 : 3).max().orElse(0);
        padLeft = Math.max(left, longest - padRight - 1);
    }

    private boolean isScientific(double... finite) {
        double[] magnitudes = Arrays.stream(finite).filter(v -> v != 0).map(Math::abs).toArray();
        if (magnitudes.length == 0) {
            return false;
        }
        double max = Arrays.stream(magnitudes).max().getAsDouble();
        double min = Arrays.stream(magnitudes).min().getAsDouble();
        if (dtype == DType.FLOAT32) { // NumPy compares and divides in the array's type
            return max >= 1e6 || min < 1e-4f || (float) max / (float) min > 1000;
        }
        return max >= 1e8 || min < 1e-4 || max / min > 1000;
    }

    String format(double value) {
        if (!Double.isFinite(value)) {
            String text = PythonFloat.nonFinite(value);
            return " ".repeat(padLeft + padRight + 1 - text.length()) + text;
        }
        Parts parts = scientific ? fullScientific(value) : positional(value, precision);
        String text = " ".repeat(Math.max(padLeft - parts.integer().length(), 0)) + parts.integer() + "."
                + parts.fraction();
        return scientific ? text + "e" + parts.exponent() : text + " ".repeat(padRight - parts.fraction().length());
    }

    /** A scalar, as {@code str} shows it: all digits that are needed, and one behind the point at least unless scientific. */
    static String scalar(double value, DType dtype) {
        if (!Double.isFinite(value)) {
            return PythonFloat.nonFinite(value);
        }
        BigDecimal shortest = ShortestDecimal.of(value, dtype);
        double magnitude = Math.abs(value);
        if (magnitude == 0 || (magnitude >= 1e-4 && magnitude < (dtype == DType.FLOAT32 ? 1e6 : 1e16))) {
            return PythonFloat.sign(value) + shortest.setScale(Math.max(shortest.scale(), 1)).toPlainString();
        }
        Parts parts = scientific(value, shortest);
        return parts.integer() + (parts.fraction().isEmpty() ? "" : "." + parts.fraction()) + "e" + parts.exponent();
    }

    /** What stands before and behind the point, and a signed exponent. */
    private record Parts(String integer, String fraction, String exponent) {
        static Parts of(double value, BigDecimal decimal, String exponent) {
            String[] text = decimal.toPlainString().split("\\.", -1);
            return new Parts(PythonFloat.sign(value) + text[0], text.length > 1 ? text[1] : "", exponent);
        }
    }

    private Parts positional(double value, int digits) {
        BigDecimal decimal = ShortestDecimal.of(value, dtype);
        if (decimal.scale() > digits) {
            decimal = new BigDecimal(Math.abs(value)).setScale(digits, RoundingMode.HALF_EVEN).stripTrailingZeros();
        }
        return Parts.of(value, decimal, "");
    }

    /** With as few digits as are needed, at most so many behind the point. */
    private Parts scientific(double value, int digits) {
        BigDecimal shortest = ShortestDecimal.of(value, dtype);
        return scientific(value,
                shortest.precision() > digits + 1 ? rounded(value, digits).stripTrailingZeros() : shortest);
    }

    private static Parts scientific(double value, BigDecimal decimal) {
        int exponent = decimal.signum() == 0 ? 0 : decimal.precision() - decimal.scale() - 1;
        BigDecimal mantissa = decimal.movePointLeft(exponent).stripTrailingZeros();
        return Parts.of(value, mantissa.setScale(Math.max(mantissa.scale(), 0)), PythonFloat.exponent(exponent, 2));
    }

    /** With equally many digits everywhere: those of the exact value, past what the type needs. */
    private Parts fullScientific(double value) {
        BigDecimal decimal = rounded(value, precision);
        int exponent = decimal.signum() == 0 ? 0 : decimal.precision() - decimal.scale() - 1;
        return Parts.of(value, decimal.movePointLeft(exponent).setScale(precision),
                PythonFloat.exponent(exponent, exponentDigits));
    }

    private static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(Math.abs(value)).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    }
}
