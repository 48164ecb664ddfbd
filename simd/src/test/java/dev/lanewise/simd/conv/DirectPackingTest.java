package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The direct convolution with so many output channels that with 16 registers pixels are packed, and with just fewer. */
class DirectPackingTest {
    private static final Conv2dOptions DIRECT = new Conv2dOptions(Workers.sequential(), "DIRECT");

    private final Conv2dProvider simd = Conv2dProviders.byName("simd");

    /** Any number of pixels, which ends in a tile of its own, any number of rows in the last panel of weights, and up to three blocks of taps. */
    @ParameterizedTest
    @CsvSource({"3, 23, 1", "3, 24, 1", "3, 50, 2", "5, 64, 1", "28, 25, 1", "2, 53, 3", "29, 31, 1", "29, 32, 1",
        "58, 45, 2"})
    void sameBits(int inputs, int outputs, int stride) {
        for (int width = 3; width <= 45; width++) {
            Conv2dCase c = parse(inputs, outputs, stride, 7, width);
            assertSameBits(simd.plan(c.shape(), c.weight(), c.bias(), DIRECT), c);
        }
    }

    /** Rows so wide that their layout is another one meet the weights that were packed for narrow ones. */
    @Test
    void sameBitsWithWeightsOfAnotherSize() {
        Conv2dCase narrow = parse(28, 51, 1, 5, 20);
        Conv2dCase wide = parse(28, 51, 1, 5, 260);
        Conv2dPlan plan = simd.plan(narrow.shape(), narrow.weight(), narrow.bias(), DIRECT);
        assertSameBits(plan, narrow);
        assertSameBits(simd.replan(plan, wide.shape(), wide.weight(), wide.bias(), DIRECT), wide);
    }

    private static Conv2dCase parse(int inputs, int outputs, int stride, int height, int width) {
        return Conv2dCase.parse("dtype=float32 x=2,%d,%d,%d weight=%d,%d,3,3 bias=true stride=%d,%d padding=1,1"
                .formatted(inputs, height, width, outputs, inputs, stride, stride)
                + " mode=zeros dilation=1,1 groups=1 values=normals,normals layout=contiguous,contiguous,contiguous seed=1");
    }

    private static void assertSameBits(Conv2dPlan plan, Conv2dCase c) {
        Tensor y = c.y();
        plan.run(c.x(), y);
        Equality.assertSameBits(c.expected(), y, c::toString);
    }
}
