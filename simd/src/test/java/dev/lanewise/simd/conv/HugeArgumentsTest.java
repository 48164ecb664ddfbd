package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small tensors with strides, dilations and paddings whose products pass an int: right by default, and right or refused where forced. */
class HugeArgumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "x=1,3,3 weight=1,1,3,3 stride=65536,65536 padding=0,0 dilation=1,1",
        "x=1,3,3 weight=1,1,3,3 stride=2147483647,2147483647 padding=1,1 dilation=1,1",
        "x=2,3,3 weight=4,2,1,1 stride=1,1 padding=0,0 dilation=2147483647,2147483647",
        "x=64,1,1 weight=1,64,2,2 stride=30000,30000 padding=30000,30000 dilation=30000,30000",
        "x=1,1,1 weight=1,1,2,2 stride=1000000,1000000 padding=1000000,1000000 dilation=1000000,1000000",
        "x=1,1,40001 weight=65536,1,1,2 stride=1,1 padding=0,0 dilation=1,40000",
        "x=1,1,1 weight=1,1,3,3 stride=46341,46341 padding=92682,92682 dilation=46341,46341"})
    void rightOrRefused(String arguments) {
        Conv2dCase c = Conv2dCase.parse("dtype=float32 bias=true mode=zeros groups=1 values=normals,normals"
                + " layout=contiguous,contiguous,contiguous seed=1 " + arguments);
        Conv2dProvider simd = Conv2dProviders.byName("simd");
        assertRight(c, simd, null);
        simd.algorithms().forEach(algorithm -> assertRight(c, simd, algorithm));
    }

    private static void assertRight(Conv2dCase c, Conv2dProvider simd, @Nullable String algorithm) {
        Conv2dPlan plan;
        try {
            plan = simd.plan(c.shape(), c.weight(), c.bias(), Conv2dOptions.DEFAULT.withAlgorithm(algorithm));
        } catch (IllegalArgumentException e) {
            assertNull(algorithm == null ? e : null, "refused without need");
            return;
        }
        Tensor y = c.y();
        plan.run(c.x(), y);
        Equality.assertSameBits(c.expected(), y, plan::describe);
    }
}
