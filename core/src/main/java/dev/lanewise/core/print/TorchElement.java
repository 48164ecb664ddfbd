package dev.lanewise.core.print;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;

/**
 * The form that PyTorch gives to all elements of a tensor: one width, and for floats one of three notations.
 *
 * <p>{@code 4.} where all values are integers; scientific where magnitudes spread over more than 1000, exceed 1e8 or, unless all are
 * integers, fall below 1e-4; a fixed number of digits elsewhere. Zeros, infinities and NaN have no say.
 */
final class TorchElement {
    private enum Notation {
        PLAIN, INTEGER, FIXED, SCIENTIFIC
    }

    private final Notation notation;
    private final int precision;
    private final int width;

    TorchElement(Tensor shown, int precision) {
        this.precision = precision;
        if (!shown.dtype().isFloatingPoint()) {
            notation = Notation.PLAIN;
            width = plainWidth(shown);
        } else {
            double[] values = Corners.values(shown, v -> v != 0 && Double.isFinite(v));
            notation = notation(values);
            width = Arrays.stream(values).mapToInt(v -> text(v).length()).max().orElse(1);
        }
    }

    private static Notation notation(double... values) {
        double min = Arrays.stream(values).map(Math::abs).min().orElse(1);
        double max = Arrays.stream(values).map(Math::abs).max().orElse(1);
        boolean integers = Arrays.stream(values).allMatch(v -> v == Math.ceil(v));
        if (max / min > 1000 || max > 1e8 || (!integers && min < 1e-4)) {
            return Notation.SCIENTIFIC;
        }
        return integers ? Notation.INTEGER : Notation.FIXED;
    }

    private static int plainWidth(Tensor shown) {
        int width = 1;
        for (Positions at = shown.positions(); at.hasNext();) {
            width = Math.max(width, plain(shown, at.next()).length());
        }
        return width;
    }

    int width() {
        return width;
    }

    /** The element at a storage position of the tensor, right-aligned. */
    String format(Tensor tensor, int position) {
        String text = notation == Notation.PLAIN ? plain(tensor, position) : text(tensor.storage().getDouble(position));
        return " ".repeat(Math.max(width - text.length(), 0)) + text;
    }

    private static String plain(Tensor tensor, int position) {
        long value = tensor.storage().getLong(position);
        return tensor.dtype() != DType.BOOL ? Long.toString(value) : value != 0 ? "True" : "False";
    }

    private String text(double value) {
        return switch (notation) {
            case SCIENTIFIC -> PythonFloat.scientific(value, precision);
            case FIXED -> PythonFloat.fixed(value, precision);
            default -> PythonFloat.fixed(value, 0) + (Double.isFinite(value) ? "." : "");
        };
    }
}
