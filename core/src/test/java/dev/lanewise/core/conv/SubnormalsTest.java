package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Each subnormal weight becomes a zero of its sign, and nothing else changes. */
class SubnormalsTest {
    private static final Conv2dOptions FLUSHES = Conv2dOptions.DEFAULT.withFlushedSubnormalWeights(true);

    @Test
    void floats() {
        float least = Float.MIN_NORMAL;
        float largest = Math.nextDown(least);
        Tensor weight = Tensor.of(new float[] {Float.MIN_VALUE, -Float.MIN_VALUE, largest, -largest, least, -least, -0f,
            1, Float.NaN, Float.NEGATIVE_INFINITY}, 1, 10, 1, 1);
        float[] flushed = {0f, -0f, 0f, -0f, least, -least, -0f, 1, Float.NaN, Float.NEGATIVE_INFINITY};
        assertArrayEquals(flushed, FLUSHES.effectiveWeight(weight).floats());
        assertEquals(largest, weight.floats()[2]);
        assertArrayEquals(weight.floats(), Conv2dOptions.DEFAULT.effectiveWeight(weight).floats());
    }

    @Test
    void doubles() {
        double least = Double.MIN_NORMAL;
        double largest = Math.nextDown(least);
        Tensor weight = Tensor.of(new double[] {Double.MIN_VALUE, -Double.MIN_VALUE, largest, -largest, least, -least,
            -0.0, 1e-40, Double.NaN}, 1, 9, 1, 1);
        double[] flushed = {0.0, -0.0, 0.0, -0.0, least, -least, -0.0, 1e-40, Double.NaN};
        assertArrayEquals(flushed, FLUSHES.effectiveWeight(weight).doubles());
    }

    @Test
    void integersHaveNone() {
        Tensor weight = Tensor.zeros(DType.INT64, 1, 1, 1, 1);
        weight.set(1, 0, 0, 0, 0);
        assertEquals(1, FLUSHES.effectiveWeight(weight).getLong(0, 0, 0, 0));
    }
}
