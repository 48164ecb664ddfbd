package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.ErrorBound;
import dev.lanewise.core.testkit.ErrorBound.Order;
import dev.lanewise.core.testkit.Fault;
import dev.lanewise.core.testkit.PlainProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBoundTest {
    private static final String CASE = " x=2,24,9,10 weight=4,12,5,5 bias=true stride=1,2 padding=2,0,1,3 mode=reflect dilation=1,1"
            + " groups=2 values=normals,normals layout=steps,channels_last,contiguous seed=";

    /** 300 taps: another order, one long fold and unfused arithmetic are all within the bound for any order. */
    @ParameterizedTest
    @EnumSource(names = {"TAPS_IN_ANOTHER_ORDER", "ONE_LONG_FOLD", "MULTIPLY_THEN_ADD", "BIAS_ADDED_LAST"})
    void anyOrderIsWithin(Fault rounding) {
        for (int seed = 0; seed < 20; seed++) {
            check(Order.ANY, parse("float32", seed), new PlainProvider(rounding));
            check(Order.ANY, parse("float64", seed), new PlainProvider(rounding));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64"})
    void aDroppedTapIsNot(String dtype) {
        Conv2dCase c = parse(dtype, 1);
        Tensor dropped = c.weight();
        dropped.set(0, 3, 11, 4, 4);
        Tensor y = run(c, dropped, Conv2dProviders.reference());
        AssertionError error = assertThrows(AssertionError.class, () -> check(Order.ANY, c, y));
        assertTrue(error.toString().contains("(300 taps)"), error.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"BIAS_LOST", "PADDING_OF_TOP", "STRIDES_SWAPPED", "LAST_COLUMN_MISSING", "GROUPS_INTERLEAVED"})
    void mistakesAreNot(Fault mistake) {
        Conv2dCase c = parse("float32", 2);
        Conv2dCase zeros = c.withSpec(c.spec().withPaddingMode(PaddingMode.ZEROS));
        assertThrows(AssertionError.class, () -> check(Order.ANY, zeros, new PlainProvider(mistake)));
    }

    /** With one tap the bound is two roundings in float32: one that is four units off is too far. */
    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64"})
    void theBoundIsTight(String dtype) {
        Tensor x = tensor(dtype, 1.75);
        Tensor w = tensor(dtype, 1.0);
        double ulp = dtype.equals("float32") ? 0x1p-23 : 0x1p-52;
        Conv2dShape shape = Conv2dShape.of(x, w, null, Conv2dSpec.DEFAULT);
        assertDoesNotThrow(() -> ErrorBound.assertWithin(Order.ANY, shape, x, w, null, tensor(dtype, 1.75 + ulp)));
        assertThrows(AssertionError.class,
                () -> ErrorBound.assertWithin(Order.ANY, shape, x, w, null, tensor(dtype, 1.75 + 2 * ulp)));
    }

    /** Half of the least subnormal may be lost in a tap, not more. */
    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64"})
    void underflowIsBounded(String dtype) {
        double least = dtype.equals("float32") ? Float.MIN_VALUE : Double.MIN_VALUE;
        Tensor x = tensor(dtype, 3 * least);
        Tensor w = tensor(dtype, 0.5);
        Conv2dShape shape = Conv2dShape.of(x, w, null, Conv2dSpec.DEFAULT);
        for (double y : new double[] {least, 2 * least}) {
            ErrorBound.assertWithin(Order.BLOCKED, shape, x, w, null, tensor(dtype, y));
        }
        for (double y : new double[] {0, 3 * least}) {
            assertThrows(AssertionError.class,
                    () -> ErrorBound.assertWithin(Order.BLOCKED, shape, x, w, null, tensor(dtype, y)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64"})
    void whereTheExactResultIsNotFiniteItsClassCounts(String dtype) {
        double[][] all = {{Double.NaN, Double.NaN}, {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY},
            {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}};
        Tensor w = tensor(dtype, 1);
        for (double[] pair : all) {
            Tensor x = tensor(dtype, pair[0]);
            Conv2dShape shape = Conv2dShape.of(x, w, null, Conv2dSpec.DEFAULT);
            ErrorBound.assertWithin(Order.ANY, shape, x, w, null, tensor(dtype, pair[1]));
            for (double wrong : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                if (Double.compare(wrong, pair[0]) != 0) {
                    assertThrows(AssertionError.class,
                            () -> ErrorBound.assertWithin(Order.ANY, shape, x, w, null, tensor(dtype, wrong)));
                }
            }
        }
    }

    /** The sum of its products is exact to far more than float64: x cancels but for its last bits. */
    @Test
    void cancellationIsSummedExactly() {
        Tensor x = Tensor.of(new double[] {0x1p60, 1.25, -0x1p60}, 1, 1, 1, 3);
        Tensor w = Tensor.of(new double[] {1, 1, 1}, 1, 1, 1, 3);
        Conv2dShape shape = Conv2dShape.of(x, w, null, Conv2dSpec.DEFAULT);
        ErrorBound.assertWithin(Order.BLOCKED, shape, x, w, null, tensor("float64", 1.25));
        double bound = 4 * 0x1p-53 * 0x1p61;
        ErrorBound.assertWithin(Order.BLOCKED, shape, x, w, null, tensor("float64", 1.25 + bound * 0.999));
        assertThrows(AssertionError.class, () -> ErrorBound.assertWithin(Order.BLOCKED, shape, x, w, null,
                tensor("float64", 1.25 + bound * 1.001)));
    }

    private static Conv2dCase parse(String dtype, int seed) {
        return Conv2dCase.parse("dtype=" + dtype + CASE + seed);
    }

    private static Tensor tensor(String dtype, double value) {
        Tensor one = Tensor.zeros(dtype.equals("float32") ? DType.FLOAT32 : DType.FLOAT64, 1, 1, 1, 1);
        one.storage().setDouble(0, value);
        return one;
    }

    private static void check(Order order, Conv2dCase c, Conv2dProvider provider) {
        check(order, c, run(c, c.weight(), provider));
    }

    private static void check(Order order, Conv2dCase c, Tensor y) {
        ErrorBound.assertWithin(order, c.shape(), c.x(), c.weight(), c.bias(), y);
    }

    private static Tensor run(Conv2dCase c, Tensor weight, Conv2dProvider provider) {
        Tensor y = c.y();
        provider.plan(c.shape(), weight, c.bias(), Conv2dOptions.DEFAULT).run(c.x(), y);
        return y;
    }
}
