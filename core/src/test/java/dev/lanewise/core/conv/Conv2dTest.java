package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch's conv2d by its known answers; all numbers are small integers, so results are exact. */
class Conv2dTest {
    private static final Conv2dSpec DEFAULT = Conv2dSpec.DEFAULT;

    // ---- what it computes ----

    @Test
    void theKernelIsNotFlipped() {
        Tensor x = Tensor.of(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, 1, 1, 3, 3);
        Tensor weight = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

        assertHolds(new float[] {4, 3, 2, 1}, Conv2d.apply(x, weight, null, DEFAULT), 1, 1, 2, 2);
    }

    @Test
    void addsTheBiasOfTheChannel() {
        Tensor x = Tensor.of(new float[] {1, 2}, 1, 1, 1, 2);
        Tensor weight = Tensor.of(new float[] {1, 10}, 2, 1, 1, 1);
        Tensor bias = Tensor.of(new float[] {100, 200}, 2);

        assertHolds(new float[] {101, 102, 210, 220}, Conv2d.apply(x, weight, bias, DEFAULT), 1, 2, 1, 2);
    }

    /** PyTorch's own known answer, with a weight of every second column. */
    @Test
    void stridedWeightsOfOnes() {
        float[] ones = new float[64 * 16 * 16 * 16];
        Arrays.fill(ones, 1);
        float[] rising = new float[1024];
        for (int i = 0; i < rising.length; i++) {
            rising[i] = i / 1024f;
        }
        Tensor weight = Tensor.of(rising, 32, 16, 1, 2).slice(3, 0, 2, 2);

        Tensor y = Conv2d.apply(Tensor.of(ones, 64, 16, 16, 16), weight, null, DEFAULT);

        assertArrayEquals(new int[] {64, 32, 16, 16}, y.shape());
        assertEquals(4186112.0, IntStream.range(0, y.numel()).mapToDouble(i -> y.floats()[i]).sum());
    }

    @Test
    void groupsAreConvolutionsOfTheirOwn() {
        Tensor x = rising(2, 4, 5, 6);
        Tensor weight = rising(6, 2, 3, 2);
        Tensor bias = rising(6);

        Tensor y = Conv2d.apply(x, weight, bias, DEFAULT.withGroups(2));

        for (int group = 0; group < 2; group++) {
            Tensor alone = Conv2d.apply(x.slice(1, 2 * group, 2 * group + 2, 1),
                    weight.slice(0, 3 * group, 3 * group + 3, 1),
                    bias.slice(0, 3 * group, 3 * group + 3, 1), DEFAULT);
            assertSame(alone, y.slice(1, 3 * group, 3 * group + 3, 1));
        }
    }

    @Test
    void depthwiseOutputsReadTheirOwnChannel() {
        Tensor x = rising(1, 3, 4, 4);
        Tensor weight = rising(6, 1, 2, 2);

        Tensor y = Conv2d.apply(x, weight, null, DEFAULT.withGroups(3));

        for (int o = 0; o < 6; o++) {
            assertSame(Conv2d.apply(x.slice(1, o / 2, o / 2 + 1, 1), weight.slice(0, o, o + 1, 1), null, DEFAULT),
                    y.slice(1, o, o + 1, 1));
        }
    }

    @Test
    void unbatchedIsABatchOfOne() {
        Tensor x = rising(3, 5, 5);
        Tensor weight = rising(4, 3, 3, 3);

        Tensor y = Conv2d.apply(x, weight, null, DEFAULT);

        assertArrayEquals(new int[] {4, 3, 3}, y.shape());
        assertSame(Conv2d.apply(x.unsqueeze(0), weight, null, DEFAULT), y.unsqueeze(0));
    }

    @Test
    void trailingPixelsAreIgnored() {
        Tensor x = rising(1, 1, 6, 6);
        Tensor weight = rising(1, 1, 3, 3);
        Conv2dSpec spec = DEFAULT.withStride(2);

        assertSame(Conv2d.apply(x.slice(2, 0, 5, 1).slice(3, 0, 5, 1), weight, null, spec),
                Conv2d.apply(x, weight, null, spec));
    }

    @Test
    void aStrideBeyondTheKernelSkipsPixels() {
        Tensor x = rising(1, 1, 1, 8);

        assertHolds(new float[] {-3, 0, 3},
                Conv2d.apply(x, Tensor.of(new float[] {1}, 1, 1, 1, 1), null, DEFAULT.withStride(3)), 1, 1, 1, 3);
    }

    // ---- empty ones ----

    @Test
    void noImages() {
        Tensor y = Conv2d.apply(rising(0, 3, 5, 5), rising(4, 3, 3, 3), rising(4), DEFAULT);

        assertArrayEquals(new int[] {0, 4, 3, 3}, y.shape());
    }

    /** PyTorch's surprise: the result has no channels either, whatever the weight says, and the bias goes nowhere. */
    @Test
    void noInputChannels() {
        Tensor y = Conv2d.apply(rising(2, 0, 5, 5), rising(4, 0, 3, 3), rising(4), DEFAULT);

        assertArrayEquals(new int[] {2, 0, 3, 3}, y.shape());
    }

    @Test
    void anEmptyImageIsAllPadding() {
        Tensor y = Conv2d.apply(rising(1, 1, 0, 2), rising(1, 1, 2, 2), Tensor.of(new float[] {5}, 1),
                DEFAULT.withPadding(Padding.sides(1, 0, 1, 0)));

        assertHolds(new float[] {5}, y, 1, 1, 1, 1);
    }

    // ---- memory ----

    @Test
    void stridesDoNotMatter() {
        Tensor x = rising(2, 5, 6, 3).permute(0, 3, 1, 2);
        Tensor weight = rising(3, 3, 4, 4).permute(3, 1, 2, 0).slice(2, 0, 3, 2);
        Tensor bias = rising(8).slice(0, 1, 8, 2);
        Conv2dSpec spec = DEFAULT.withPadding(1);

        Tensor y = Conv2d.apply(x, weight, bias, spec);

        assertSame(Conv2d.apply(x.copy(), weight.copy(), bias.copy(), spec), y);
        assertTrue(y.isContiguous());
    }

    @Test
    void expandedArguments() {
        Tensor x = rising(1, 1, 5, 5).expand(2, 3, 5, 5);
        Tensor weight = rising(1, 3, 1, 1).expand(4, 3, 2, 2);
        Tensor bias = Tensor.of(new float[] {7}, 1).expand(4);

        assertSame(Conv2d.apply(x.copy(), weight.copy(), bias.copy(), DEFAULT), Conv2d.apply(x, weight, bias, DEFAULT));
    }

    @Test
    void argumentsStayAsTheyWere() {
        Tensor x = rising(1, 2, 5, 5);
        Tensor weight = rising(2, 2, 3, 3);
        Tensor bias = rising(2);

        Conv2d.apply(x, weight, bias, DEFAULT.withPadding(1).withPaddingMode(PaddingMode.REFLECT));

        assertSame(rising(1, 2, 5, 5), x);
        assertSame(rising(2, 2, 3, 3), weight);
        assertSame(rising(2), bias);
    }

    @Test
    void aPlanKeepsCopiesOfItsWeights() {
        Tensor x = rising(1, 1, 3, 3);
        Tensor weight = Tensor.of(new float[] {1}, 1, 1, 1, 1);
        Tensor bias = Tensor.of(new float[] {10}, 1);
        Conv2dPlan plan = Conv2d.plan(Conv2dShape.of(x, weight, bias, DEFAULT), weight, bias, Conv2dOptions.DEFAULT);
        weight.set(5, 0, 0, 0, 0);
        bias.set(50, 0);
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 1, 3, 3);

        plan.run(x, y);

        assertHolds(new float[] {7, 8, 9, 10, 11, 12, 13, 7, 8}, y, 1, 1, 3, 3);
    }

    /** A plan for another size, with the weights of the first. */
    @Test
    void aPlanForAnotherSize() {
        Tensor weight = rising(2, 1, 2, 2);
        Tensor bias = rising(2);
        Conv2dPlan first = Conv2d.plan(Conv2dShape.of(rising(1, 1, 4, 4), weight, bias, DEFAULT), weight, bias,
                Conv2dOptions.DEFAULT);
        Tensor x = rising(2, 1, 3, 5);
        Tensor y = Tensor.zeros(DType.FLOAT32, 2, 2, 2, 4);

        Conv2d.replan(first, Conv2dShape.of(x, weight, bias, DEFAULT), weight, bias, Conv2dOptions.DEFAULT).run(x, y);

        assertSame(Conv2d.apply(x, weight, bias, DEFAULT), y);
    }

    // ---- types ----

    @ParameterizedTest
    @CsvSource({"INT8,-128", "UINT8,128", "INT32,128", "INT64,128", "FLOAT32,128", "FLOAT64,128"})
    void integersWrap(DType dtype, long expected) {
        Tensor x = Tensor.zeros(dtype, 1, 1, 1, 2);
        x.set(100, 0, 0, 0, 0);
        x.set(28, 0, 0, 0, 1);
        Tensor weight = Tensor.zeros(dtype, 1, 1, 1, 2);
        weight.set(1, 0, 0, 0, 0);
        weight.set(1, 0, 0, 0, 1);

        assertEquals(expected, Conv2d.apply(x, weight, null, DEFAULT).getLong(0, 0, 0, 0));
    }

    @Test
    void int64WrapsAt64Bits() {
        Tensor x = Tensor.of(new long[] {Long.MAX_VALUE, Long.MAX_VALUE}, 1, 1, 1, 2);
        Tensor weight = Tensor.of(new long[] {3, 1}, 1, 1, 1, 2);

        assertEquals(-4, Conv2d.apply(x, weight, null, DEFAULT).getLong(0, 0, 0, 0));
    }

    @Test
    void integersHaveWeightsForEachChannel() {
        Tensor x = Tensor.of(new long[] {1, 2, 3, 4}, 1, 1, 2, 2);
        Tensor weight = Tensor.of(new long[] {1, 10, 100, 1000, 2, 20, 200, 2000}, 2, 1, 2, 2);
        Tensor bias = Tensor.of(new long[] {5, 7}, 2);

        Tensor y = Conv2d.apply(x, weight, bias, DEFAULT);

        assertEquals(4326, y.getLong(0, 0, 0, 0));
        assertEquals(8649, y.getLong(0, 1, 0, 0));
    }

    /** Products too small for any number round to a zero of their sign, and sums of such stay so, however many blocks they make. */
    @ParameterizedTest
    @CsvSource({"FLOAT32,1", "FLOAT32,255", "FLOAT32,256", "FLOAT32,512", "FLOAT64,1", "FLOAT64,256", "FLOAT64,257"})
    void aSumThatUnderflowsKeepsItsSign(DType dtype, int taps) {
        Tensor x = Tensor.zeros(dtype, 1, taps, 1, 1);
        Tensor weight = Tensor.zeros(dtype, 1, taps, 1, 1);
        for (int k = 0; k < taps; k++) {
            x.set(dtype == DType.FLOAT32 ? 1e-30 : 1e-300, 0, k, 0, 0);
            weight.set(dtype == DType.FLOAT32 ? -1e-30 : -1e-300, 0, k, 0, 0);
        }
        Tensor bias = Tensor.zeros(dtype, 1);
        bias.set(-0.0, 0);

        assertEquals(-0.0, Conv2d.apply(x, weight, bias, DEFAULT).getDouble(0, 0, 0, 0));
        assertEquals(0.0, Conv2d.apply(x, weight, null, DEFAULT).getDouble(0, 0, 0, 0));
    }

    @Test
    void boolsCannotBeConvolved() {
        Tensor x = Tensor.zeros(DType.BOOL, 1, 1, 2, 2);

        assertEquals("\"slow_conv2d_cpu\" not implemented for 'Bool'",
                assertThrows(IllegalArgumentException.class, () -> Conv2d.apply(x, x, null, DEFAULT)).getMessage());
    }

    // ---- padding ----

    /** Rows: 3 * (2-1) in all, one above and two below; columns: 3 * (4-1), four left and five right. */
    @Test
    void samePaddingHasTheOddPixelAtTheEnd() {
        Tensor x = rising(1, 2, 5, 7);
        Tensor weight = rising(3, 2, 2, 4);
        Conv2dSpec spec = DEFAULT.withDilation(3);

        Tensor y = Conv2d.apply(x, weight, null, spec.withPadding(Padding.SAME));

        assertArrayEquals(new int[] {1, 3, 5, 7}, y.shape());
        assertSame(Conv2d.apply(x, weight, null, spec.withPadding(Padding.sides(1, 4, 2, 5))), y);
    }

    @Test
    void validPaddingTakesStrides() {
        Conv2dSpec spec = DEFAULT.withStride(3, 2);

        assertSame(Conv2d.apply(rising(1, 1, 9, 9), rising(1, 1, 2, 2), null, spec),
                Conv2d.apply(rising(1, 1, 9, 9), rising(1, 1, 2, 2), null, spec.withPadding(Padding.VALID)));
    }

    @Test
    void aKernelLargerThanTheImageKeepsItsSize() {
        Tensor y = Conv2d.apply(rising(1, 1, 2, 2), rising(1, 1, 7, 7), null, DEFAULT.withPadding(Padding.SAME));

        assertArrayEquals(new int[] {1, 1, 2, 2}, y.shape());
    }

    /** A kernel of the single tap 1 shows the padded row. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "zeros;     2;  2; 0 0 1 2 3 0 0",
        "reflect;   2;  2; 3 2 1 2 3 2 1",
        "replicate; 2;  2; 1 1 1 2 3 3 3",
        "replicate; 5;  0; 1 1 1 1 1 1 2 3",
        "circular;  2;  2; 2 3 1 2 3 1 2",
        "circular;  3;  3; 1 2 3 1 2 3 1 2 3",
        "zeros;    -1;  0; 2 3",
        "reflect;  -1;  0; 2 3",
        "replicate;-1;  0; 2 3",
        "circular; -1;  0; 2 3",
        "zeros;    -1; -1; 2",
        "zeros;    -2;  3; 3 0 0 0",
        "reflect;  -1;  2; 2 3 2 1",
        "replicate;-1;  2; 2 3 3 3",
        "circular; -1;  2; 2 3 2 3",
        "reflect;   0; -1; 1 2",
        "circular;  1; -1; 2 1 2"})
    void paddedRow(String mode, int left, int right, String expected) {
        Tensor row = Tensor.of(new float[] {1, 2, 3}, 1, 1, 1, 3);
        Tensor one = Tensor.of(new float[] {1}, 1, 1, 1, 1);
        Conv2dSpec columns = DEFAULT.withPaddingMode(PaddingMode.parse(mode))
                .withPadding(Padding.sides(0, left, 0, right));
        Conv2dSpec rows = columns.withPadding(Padding.sides(left, 0, right, 0));

        Tensor y = Conv2d.apply(row, one, null, columns);

        assertEquals(expected, String.join(" ",
                IntStream.range(0, y.numel()).mapToObj(i -> String.valueOf((int) y.floats()[i])).toList()));
        assertSame(y, Conv2d.apply(row.transpose(2, 3), one, null, rows).transpose(2, 3));
    }

    // ---- helpers ----

    /** Small integers: -3, -2, ... 3, -3, ... */
    private static Tensor rising(int... shape) {
        Tensor x = Tensor.zeros(DType.FLOAT32, shape);
        for (int i = 0; i < x.numel(); i++) {
            x.floats()[i] = i % 7 - 3;
        }
        return x;
    }

    private static void assertHolds(float[] expected, Tensor y, int... shape) {
        assertSame(Tensor.of(expected, shape), y);
    }

    private static void assertSame(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.shape(), actual.shape());
        Positions at = actual.positions();
        for (Positions from = expected.positions(); from.hasNext();) {
            assertEquals(expected.floats()[from.next()] + 0f, actual.floats()[at.next()] + 0f); // the sign of a zero does not matter here
        }
    }
}
