package dev.lanewise.bench.demo;

import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * How much the outputs of two runs differ.
 *
 * @param elements how many numbers were compared
 * @param different how many of them have other bits; all NaNs count as one value, signed zeros differ
 * @param largest the largest absolute difference; NaN if a number met a NaN
 */
record Comparison(int elements, int different, double largest) {

    /** Compares each output with its counterpart in {@code actual}, which has them all. */
    static Comparison of(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        Comparison sum = new Comparison(0, 0, 0);
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            Tensor counterpart = actual.get(output.getKey());
            if (counterpart == null) {
                throw new IllegalArgumentException("there is no output " + output.getKey());
            }
            sum = sum.plus(of(output.getValue(), counterpart));
        }
        return sum;
    }

    private static Comparison of(Tensor expected, Tensor actual) {
        if (!Arrays.equals(expected.shape(), actual.shape())) {
            throw new IllegalArgumentException(
                    "shapes " + Shapes.format(expected.shape()) + " and " + Shapes.format(actual.shape())
                            + " cannot be compared");
        }
        float[] e = expected.contiguous().floats();
        float[] a = actual.contiguous().floats();
        int different = 0;
        double largest = 0;
        for (int i = 0; i < e.length; i++) {
            if (Float.floatToIntBits(e[i]) != Float.floatToIntBits(a[i])) {
                different++;
                largest = Math.max(largest, Math.abs((double) e[i] - a[i]));
            }
        }
        return new Comparison(e.length, different, largest);
    }

    private Comparison plus(Comparison other) {
        return new Comparison(elements + other.elements, different + other.different, Math.max(largest, other.largest));
    }

    boolean isEqual() {
        return different == 0;
    }

    /** False if a number met a NaN. */
    boolean isWithin(double tolerance) {
        return largest <= tolerance;
    }
}
