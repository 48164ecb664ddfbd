package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution whose result comes from elsewhere, in float32.
 *
 * @param name where it comes from and what it is about
 * @param x [N, Cin, H, W] or [Cin, H, W]
 * @param weight [Cout, Cin/groups, R, S]
 * @param bias [Cout], or null
 * @param spec stride, padding, dilation and groups
 * @param y [N, Cout, P, Q] or [Cout, P, Q], the result
 * @param exact whether all numbers are small integers, so that every order of summation gives the same
 */
public record KnownAnswer(String name, Tensor x, Tensor weight, @Nullable Tensor bias, Conv2dSpec spec, Tensor y,
        boolean exact) {
    /** How far an element of an inexact result may be off, relative to the largest: an honest float32 summation stays below half of it. */
    private static final double TOLERANCE = 1e-6;

    /**
     * Asserts that a result is this one: exact ones bit for bit but for the sign of zeros, which is not part of the answer; others
     * within 1e-6 of the largest element's magnitude.
     *
     * @throws AssertionError which names the first element that differs
     */
    public void check(Tensor actual) {
        if (actual.dtype() != y.dtype() || !Arrays.equals(actual.shape(), y.shape())) {
            throw new AssertionError(name + ": expected " + y + ", but got " + actual);
        }
        double tolerance = exact ? 0 : TOLERANCE * largest();
        Positions at = actual.positions();
        Positions expectedAt = y.positions();
        for (int i = 0; at.hasNext(); i++) {
            double value = actual.storage().getDouble(at.next());
            double expected = y.storage().getDouble(expectedAt.next());
            if (!(Math.abs(value - expected) <= tolerance)) { // NaN is never within
                throw new AssertionError(name + ": expected " + expected + " within " + tolerance + ", but got " + value
                        + " in element " + i + " of "
                        + Shapes.format(y.shape()));
            }
        }
    }

    private double largest() {
        double largest = 0;
        for (Positions at = y.positions(); at.hasNext();) {
            largest = Math.max(largest, Math.abs(y.storage().getDouble(at.next())));
        }
        return largest;
    }

    @Override
    public String toString() {
        return name;
    }
}
