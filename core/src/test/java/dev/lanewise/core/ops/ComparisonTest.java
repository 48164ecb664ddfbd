package dev.lanewise.core.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Tensor of(float... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void equality() {
        assertPrints("tensor([False,  True,  True, False])",
                Comparison.eq(of(1, 2, 0, Float.NaN), of(2, 2, -0.0f, Float.NaN)));
        assertPrints("tensor([True])", Comparison.eq(of(1), Tensors.arange(1, 2, 1)));
        assertPrints("tensor([False])", Comparison.eq(Tensors.arange((1L << 53) + 1, (1L << 53) + 2, 1),
                Tensors.arange(1L << 53, (1L << 53) + 1, 1)));
    }

    /** A number is rounded to the tensor's type first. */
    @Test
    void numbers() {
        assertPrints("tensor([True])", Comparison.eq(of(0.1f), 0.1));
        assertPrints("tensor([False])", Comparison.lt(of(0.1f), 0.1));
        assertPrints("tensor([ True, False, False])", Comparison.lt(Tensors.arange(3), 0.5));
    }

    @Test
    void less() {
        assertPrints("tensor([False, False,  True])",
                Comparison.lt(Tensors.arange(3, 0, -1), Tensors.arange(1, 4, 1)));
        assertPrints("tensor([ True, False, False, False])", Comparison.lt(of(1, 2, 3, Float.NaN), of(2, 2, 2, 2)));
    }

    @Test
    void closeness() {
        assertFalse(Comparison.allclose(of(1.00002f), of(1)));
        assertFalse(Comparison.allclose(of(1.00001f), of(1)), "just above, in float32");
        assertTrue(Comparison.allclose(of(1.000009f), of(1)));
        assertTrue(Comparison.allclose(of(Float.POSITIVE_INFINITY), of(Float.POSITIVE_INFINITY)));
        assertFalse(Comparison.allclose(of(Float.POSITIVE_INFINITY), of(1)));
        assertFalse(Comparison.allclose(of(1), of(Float.POSITIVE_INFINITY)));
        assertFalse(Comparison.allclose(of(Float.NaN), of(Float.NaN)));
        assertTrue(Comparison.allclose(Tensors.ones(2, 3), of(1)));
        assertTrue(Comparison.allclose(of(1), of(1.5f), 0, 0.5));
        assertEquals("Float did not match Double", assertThrows(IllegalArgumentException.class,
                () -> Comparison.allclose(of(1), Tensors.ones(DType.FLOAT64, 1))).getMessage());
    }

    private static void assertPrints(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.format(tensor));
    }
}
