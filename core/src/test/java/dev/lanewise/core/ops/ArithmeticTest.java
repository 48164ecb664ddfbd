package dev.lanewise.core.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Texts are what PyTorch prints for the same operations. */
class ArithmeticTest {
    private final Tensor column = Tensors.tensor(new long[][] {{1}, {2}, {3}});
    private final Tensor row = Tensors.tensor(new long[] {10, 20});

    @Test
    void broadcasting() {
        assertPrints("""
                tensor([[11, 21],
                        [12, 22],
                        [13, 23]])""", Arithmetic.add(column, row));
        assertPrints("""
                tensor([[ -9, -19],
                        [ -8, -18],
                        [ -7, -17]])""", Arithmetic.subtract(column, row));
        assertPrints("""
                tensor([[10, 20],
                        [20, 40],
                        [30, 60]])""", Arithmetic.multiply(column, row));
        assertPrints("tensor([1, 2, 3])", Arithmetic.add(Tensors.arange(3), 1));
        assertPrints("tensor([0.5000, 1.5000])", Arithmetic.add(Tensors.arange(2), 0.5));
        assertPrints("tensor([-1,  0,  1])", Arithmetic.subtract(Tensors.arange(3), 1));
        assertPrints("tensor([-0.5000,  0.5000])", Arithmetic.subtract(Tensors.arange(2), 0.5));
        assertPrints("tensor([], size=(3, 0))", Arithmetic.add(Tensors.ones(3, 0), Tensors.ones(1)));
    }

    @Test
    void shapesThatDoNotGoTogether() {
        assertError("The size of tensor a (2) must match the size of tensor b (4) at non-singleton dimension 0",
                () -> Arithmetic.add(Tensors.ones(2, 3), Tensors.ones(4, 3)));
        assertError("The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
                () -> Arithmetic.subtract(Tensors.arange(3), Tensors.arange(4).view(2, 2)));
    }

    @Test
    void division() {
        assertPrints("tensor([ 3.5000, -3.5000])", Arithmetic.divide(Tensors.tensor(new long[] {7, -7}), 2));
        assertPrints("tensor([3.5000,   -inf])",
                Arithmetic.divide(Tensors.tensor(new long[] {7, -7}), Tensors.tensor(new long[] {2, 0})));
        assertPrints("tensor([1.])", Arithmetic.divide(Tensors.ones(DType.BOOL, 1), Tensors.ones(DType.BOOL, 1)));
        assertPrints("tensor([1.5000])", Arithmetic.divide(Tensor.of(new byte[] {3}, 1), 2));
    }

    @Test
    void integersWrap() {
        assertPrints("tensor([-56], dtype=torch.int8)",
                Arithmetic.add(Tensor.of(new byte[] {100}, 1), Tensor.of(new byte[] {100}, 1)));
        assertPrints("tensor([44], dtype=torch.uint8)", Arithmetic.multiply(Tensor.ofUnsigned(new byte[] {100}, 1), 3));
        assertPrints("tensor([-128], dtype=torch.int8)", Arithmetic.abs(Tensor.of(new byte[] {-128}, 1)));
    }

    @Test
    void wholeNumbersStayExact() {
        long large = (1L << 62) + 1;
        assertEquals(large + 1, Arithmetic.add(Tensors.tensor(new long[] {large}), 1).getLong(0));
    }

    @Test
    void bool() {
        Tensor yes = Tensors.ones(DType.BOOL, 1);
        assertPrints("tensor([True])", Arithmetic.add(yes, yes));
        assertPrints("tensor([False])", Arithmetic.multiply(yes, Tensors.zeros(DType.BOOL, 1)));
        assertError(
                "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.",
                () -> Arithmetic.subtract(yes, yes));
        assertError("\"abs_cpu\" not implemented for 'Bool'", () -> Arithmetic.abs(yes));
    }

    /** The storage computes in double, the results are those of Java's float operators. */
    @Property
    void float32RoundsOnce(@ForAll float a, @ForAll float b) {
        Tensor x = Tensor.of(new float[] {a}, 1);
        Tensor y = Tensor.of(new float[] {b}, 1);
        assertEquals(a + b, Arithmetic.add(x, y).floats()[0]);
        assertEquals(a - b, Arithmetic.subtract(x, y).floats()[0]);
        assertEquals(a * b, Arithmetic.multiply(x, y).floats()[0]);
        assertEquals(a / b, Arithmetic.divide(x, y).floats()[0]);
        assertEquals(a * 0.1f, Arithmetic.multiply(x, 0.1).floats()[0]);
        assertEquals(Math.abs(a), Arithmetic.abs(x).floats()[0]);
    }

    private static void assertPrints(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.format(tensor));
    }

    private static void assertError(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
