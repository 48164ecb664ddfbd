package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Tensor;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel has to keep that sums in an order of its own: not the reference's bits, for which there is {@link Conv2dContract}, but an
 * error that rounding explains, {@link ErrorBound}, and exact results on small integers.
 */
public abstract class Conv2dErrorContract extends Conv2dProperties {
    /** For subclasses. */
    protected Conv2dErrorContract() {
    }

    /** In which order the provider sums. */
    protected ErrorBound.Order order() {
        return ErrorBound.Order.ANY;
    }

    /** No element is farther from the exact one than rounding explains; nothing else is written. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void isWithinTheErrorBound(@ForAll("conv2d") Conv2dCase c) {
        Tensor x = c.x();
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        ErrorBound.assertWithin(order(), c.shape(), x, weight, bias, run(c, x, weight, bias));
    }

    /** The same where many taps, channels and pixels come together. */
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    public void isWithinTheErrorBoundOnLargeOnes(@ForAll("largeConv2d") Conv2dCase c) {
        isWithinTheErrorBound(c);
    }

    /** Small integers are summed exactly in every order, so the values are the reference's. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void isExactOnSmallIntegers(@ForAll("conv2d") Conv2dCase any) {
        Conv2dCase c = any.withValues(Values.INTEGERS, Values.INTEGERS);
        Tensor expected = c.expected();
        Tensor y = run(c, c.x(), c.weight(), c.bias());
        Positions right = expected.positions();
        Positions left = y.positions();
        for (int i = 0; right.hasNext(); i++) {
            double value = y.storage().getDouble(left.next());
            double exact = expected.storage().getDouble(right.next());
            if (value != exact) { // zeros of both signs are equal
                throw new AssertionError("element " + i + " of " + y + " is " + value + ", but " + exact + " is exact");
            }
        }
    }

    private Tensor run(Conv2dCase c, Tensor x, Tensor weight, @Nullable Tensor bias) {
        Conv2dPlan plan = provider().plan(c.shape(), weight, bias, options());
        Tensor y = c.y();
        Guard aroundY = Guard.around(y);
        plan.run(x, y);
        aroundY.assertUntouched("the array around y");
        return y;
    }
}
