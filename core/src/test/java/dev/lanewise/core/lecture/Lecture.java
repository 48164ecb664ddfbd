package dev.lanewise.core.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Conversion;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.print.PrintOptions;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Objects;

/** The arrays that the notes' sections share, and how a printed block is compared: as a whole, character for character. */
final class Lecture {
    /** One listing of the notes was made with wider lines than the default of 80. */
    private static final PrintOptions WIDE = PrintOptions.TORCH.withLineWidth(120);

    private Lecture() {
    }

    /** An 8x8 float64 image of two halves. */
    static Tensor arr() {
        Tensor arr = Tensors.zeros(DType.FLOAT64, 8, 8);
        Assignment.fill(arr.slice(1, 0, 4, 1), 4.0);
        Assignment.fill(arr.slice(1, 4, 8, 1), 1.0);
        return arr;
    }

    /** A 3x3 float64 kernel that answers to vertical edges. */
    static Tensor ker() {
        Tensor ker = Tensors.zeros(DType.FLOAT64, 3, 3);
        Assignment.fill(ker.select(1, 0), -1.0);
        Assignment.fill(ker.select(1, 2), 1.0);
        return ker;
    }

    /** A float32 input of two channels with one bright column each. */
    static Tensor twoChannels() {
        Tensor input = Tensors.zeros(DType.FLOAT64, 1, 2, 8, 8);
        Assignment.fill(input.select(0, 0).select(0, 0).select(1, 2), 1.0);
        Assignment.fill(input.select(0, 0).select(0, 1).select(1, 6), 1.0);
        return Conversion.toFloat(input);
    }

    static void assertPrints(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.format(tensor));
    }

    static void assertPrintsWide(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.format(tensor, WIDE));
    }

    static void assertPrintsNumpy(String expected, Tensor array) {
        assertEquals(expected, NumpyPrinter.str(array));
    }

    static void assertSize(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.size(tensor));
    }

    static void assertType(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.type(tensor));
    }

    static String errorOf(Runnable call) {
        return Objects.requireNonNull(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
