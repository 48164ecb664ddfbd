package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.simd.environment.VectorEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1x1 convolutions with any number of rows in a panel of weights and any number of pixels that is cut into tiles in a way of its own. */
class PointwiseTilesTest {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 29, 117})
    void sameBits(int channels) {
        assertSameBits(260, channels, 5 * LANES + 5);
    }

    /** So few taps that several tiles are packed together, and channels enough for that. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 32, 45, 131})
    void sameBitsWithFewTaps(int taps) {
        assertSameBits(taps, 50, 19 * LANES + 1);
    }

    private static void assertSameBits(int taps, int channels, int mostPixels) {
        for (int pixels = 1; pixels <= mostPixels; pixels++) {
            Conv2dCase c = Conv2dCase.parse("dtype=float32 x=1,%2$d,1,%1$d weight=%3$d,%2$d,1,1 bias=true"
                    .formatted(pixels, taps, channels)
                    + " stride=1,1 padding=0,0 mode=zeros dilation=1,1 groups=1 values=normals,normals"
                    + " layout=contiguous,contiguous,contiguous seed=1");
            Conv2dPlan plan = Conv2dProviders.byName("simd").plan(c.shape(), c.weight(), c.bias(),
                    new Conv2dOptions(Workers.sequential(), "POINTWISE"));
            Tensor y = c.y();
            plan.run(c.x(), y);
            Equality.assertSameBits(c.expected(), y, c::toString);
        }
    }
}
