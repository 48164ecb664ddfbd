package dev.lanewise.core.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Factories, conversions, flips and reductions; texts are what PyTorch prints. */
class TensorsTest {
    @Test
    void constants() {
        assertPrints("tensor([0., 0.])", Tensors.zeros(2));
        assertPrints("tensor([1., 1.])", Tensors.ones(2));
        assertPrints("tensor([1, 1], dtype=torch.int8)", Tensors.ones(DType.INT8, 2));
        assertPrints("tensor([2.5000, 2.5000], dtype=torch.float64)", Tensors.full(DType.FLOAT64, 2.5, 2));
        assertPrints("tensor(3.)", Tensors.scalar(DType.FLOAT32, 3));
    }

    @Test
    void ranges() {
        assertPrints("tensor([0, 1, 2])", Tensors.arange(3));
        assertPrints("tensor([5, 3, 1])", Tensors.arange(5, 0, -2));
        assertPrints("tensor([], dtype=torch.int64)", Tensors.arange(2, 2, 1));
        assertPrints("tensor([0.0000, 0.2500, 0.5000, 0.7500])", Tensors.arange(DType.FLOAT32, 0, 1, 0.25));
        assertPrints("tensor([3., 2.])", Tensors.arange(DType.FLOAT32, 3, 1, -1));
        assertPrints("tensor([1., 2.])", Tensors.arange(DType.FLOAT32, 1, 3, 1));
        assertPrints("tensor([])", Tensors.arange(DType.FLOAT32, 1, 1, 1));
        assertError("step must be nonzero", () -> Tensors.arange(0, 3, 0));
        assertError("step must be nonzero", () -> Tensors.arange(DType.FLOAT32, 1, 1, 0));
        assertError("upper bound and lower bound inconsistent with step sign",
                () -> Tensors.arange(DType.FLOAT32, 3, 0, 1));
        assertError("upper bound and lower bound inconsistent with step sign",
                () -> Tensors.arange(DType.FLOAT32, 0, 3, -1));
        assertError("upper bound and lower bound inconsistent with step sign", () -> Tensors.arange(3, 0, 1));
        assertError("upper bound and lower bound inconsistent with step sign", () -> Tensors.arange(0, 3, -1));
        assertError("arange of 3.0E9 elements has more than 2147483647 elements", () -> Tensors.arange(3_000_000_000L));
    }

    @Test
    void literals() {
        assertEquals("int64[2, 3]", Tensors.tensor(new long[][] {{1, 2, 3}, {4, 5, 6}}).toString());
        assertEquals("int32[1]", Tensors.tensor(new int[] {1}).toString());
        assertEquals("int8[1]", Tensors.tensor(new byte[] {1}).toString());
        assertEquals("bool[1, 2]", Tensors.tensor(new boolean[][] {{true, false}}).toString());
        assertEquals("float32[1, 1, 1]", Tensors.tensor(new float[][][] {{{1}}}).toString());
        assertEquals("float64[0]", Tensors.tensor(new double[0]).toString());
        assertEquals("float64[2, 0]", Tensors.tensor(new double[2][0]).toString());
        assertEquals("float64[0, 0]", Tensors.tensor(new double[0][]).toString());
        assertArrayEquals(new double[] {1, 2, 3, 4}, Tensors.tensor(new double[][] {{1, 2}, {3, 4}}).doubles());
    }

    @Test
    void literalsAreCopied() {
        float[] values = {1, 2};
        Tensor x = Tensors.tensor(values);
        values[0] = 9;
        assertPrints("tensor([1., 2.])", x);
    }

    @Test
    void literalsThatAreNone() {
        assertError("expected sequence of length 2 at dim 1 (got 1)", () -> Tensors.tensor(new long[][] {{1, 2}, {3}}));
        assertError("expected nested arrays of double, float, long, int, byte or boolean, but got String",
                () -> Tensors.tensor("1"));
        assertError("expected nested arrays of double, float, long, int, byte or boolean, but got Integer[]",
                () -> Tensors.tensor(new Integer[] {1}));
        assertError("expected sequence of length 2 at dim 1 (got null)",
                () -> Tensors.tensor(new long[][] {{1, 2}, null}));
    }

    @Test
    void random() {
        assertPrints("tensor([0.4963, 0.7682, 0.0885, 0.1320, 0.3074])", Tensors.rand(new Generator(0), 5));
        assertPrints("tensor([ 1.5410, -0.2934])", Tensors.randn(new Generator(0), 2));
        assertPrints("tensor([4, 9, 3, 0, 3, 9, 7, 3])", RandomTensors.randint(new Generator(0), 0, 10, 8));
        assertPrints("tensor([4, 1, 7, 5, 3, 9, 0, 8, 6, 2])", RandomTensors.randperm(new Generator(0), 10));
    }

    @Test
    void conversionCutsTowardZeroAndWraps() {
        assertPrints("tensor([  1,  -1,   0, 127], dtype=torch.int8)",
                Conversion.to(Tensors.tensor(new float[] {1.9f, -1.9f, -0.5f, 127}), DType.INT8));
        assertPrints("tensor([ 44, 127], dtype=torch.int8)",
                Conversion.to(Tensors.tensor(new long[] {300, -129}), DType.INT8));
        assertPrints("tensor([  3, 255], dtype=torch.uint8)",
                Conversion.to(Tensors.tensor(new long[] {3, -1}), DType.UINT8));
        assertPrints("tensor([False, False,  True,  True])",
                Conversion.to(Tensors.tensor(new float[] {0, -0.0f, 0.1f, Float.NaN}), DType.BOOL));
    }

    /** Through a double the second rounding would go the other way. */
    @Test
    void longsBecomeFloatsInOneRounding() {
        long value = (1L << 54) + (1L << 30) + 1;
        assertEquals((float) value, Conversion.toFloat(Tensors.tensor(new long[] {value})).floats()[0]);
        assertEquals((1L << 62) + 1,
                Conversion.to(Tensors.tensor(new long[] {(1L << 62) + 1}), DType.INT64).getLong(0));
    }

    @Test
    void conversionCopiesOnlyWhereItMust() {
        Tensor x = Tensors.ones(2);
        assertSame(x, Conversion.toFloat(x));
        assertNotSame(x, Conversion.toDouble(x));
        assertEquals("float64[3, 2]", Conversion.toDouble(Tensors.ones(2, 3).t()).toString());
    }

    @Test
    void flips() {
        Tensor x = Tensors.arange(6).view(2, 3);
        assertPrints("""
                tensor([[5, 4, 3],
                        [2, 1, 0]])""", Flip.flip(x));
        assertPrints("""
                tensor([[2, 1, 0],
                        [5, 4, 3]])""", Flip.flip(x, -1));
        assertPrints("""
                tensor([[3, 4, 5],
                        [0, 1, 2]])""", Flip.flip(x, 0));
        assertPrints("tensor(1.)", Flip.flip(Tensors.scalar(DType.FLOAT32, 1)));
        assertError("dim 0 appears multiple times in the list of dims", () -> Flip.flip(x, 0, -2));
        assertError("Dimension out of range (expected to be in range of [-2, 1], but got 2)", () -> Flip.flip(x, 2));
    }

    @Test
    void reductions() {
        assertPrints("tensor(15)", Reduction.sum(Tensors.arange(6).view(2, 3).t()));
        assertPrints("tensor(2)", Reduction.sum(Tensors.ones(DType.BOOL, 2)));
        assertPrints("tensor(200)", Reduction.sum(Tensor.of(new byte[] {100, 100}, 2)));
        assertPrints("tensor(0.)", Reduction.sum(Tensors.zeros(0)));
        assertPrints("tensor(True)", Reduction.all(Tensors.zeros(0)));
        assertPrints("tensor(False)", Reduction.all(Tensors.arange(2)));
        assertPrints("tensor(True)", Reduction.all(Tensors.full(DType.FLOAT32, Double.NaN, 2)));
        float[] cancelling = {1e8f, 1, -1e8f};
        assertPrints("tensor(1.)", Reduction.sum(Tensor.of(cancelling, 3)));
    }

    private static void assertPrints(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.format(tensor));
    }

    private static void assertError(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
