package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every small kernel with every stride up to 80: an algorithm for some of them is not taken for others. */
class KernelsAndStridesTest {
    private static final int MOST_STRIDE = 80;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theChoiceIsRight(int kernel) {
        Conv2dProvider simd = Conv2dProviders.byName("simd");
        for (int stride = 1; stride <= MOST_STRIDE; stride++) {
            int size = kernel + stride; // two outputs a row
            Conv2dCase c = Conv2dCase.parse("dtype=float32 x=2,%1$d,%1$d weight=2,1,%2$d,%2$d stride=%3$d,%3$d"
                    .formatted(size, kernel, stride)
                    + " bias=true padding=0,0 mode=zeros dilation=1,1 groups=2 values=normals,normals"
                    + " layout=contiguous,contiguous,contiguous seed=1");
            Conv2dPlan plan = simd.plan(c.shape(), c.weight(), c.bias(), Conv2dOptions.DEFAULT);
            Tensor y = c.y();
            plan.run(c.x(), y);
            Equality.assertSameBits(c.expected(), y, () -> plan.describe() + ": " + c);
        }
    }
}
