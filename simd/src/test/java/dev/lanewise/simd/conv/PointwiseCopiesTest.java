package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strided 1x1 convolutions by several threads: tasks for other output channels of the same pixels share a copy of them, other pixels and later runs do not. */
class PointwiseCopiesTest {
    /** Two images and groups with several blocks of pixels, and few pixels that are one block in all runs. */
    @ParameterizedTest
    @CsvSource({"1, 2, 29", "2, 2, 29", "3, 2, 29", "4, 2, 29", "1, 1, 9", "2, 1, 9"})
    void copiesServeTheirOwnPixelsAlone(int threads, int images, int height) {
        try (Workers workers = Workers.threads(threads)) {
            Conv2dCase first = c(images, height, 1);
            Conv2dPlan plan = Conv2dProviders.byName("simd").plan(first.shape(), first.weight(), first.bias(),
                    new Conv2dOptions(workers, "POINTWISE"));
            Tensor x = first.x().copy();
            for (int seed = 1; seed < 4; seed++) {
                Conv2dCase other = c(images, height, seed);
                x.copyFrom(other.x());
                Tensor y = first.y();
                plan.run(x, y);
                Conv2dPlan expected = Conv2dProviders.byName("reference").plan(first.shape(), first.weight(),
                        first.bias(), Conv2dOptions.DEFAULT);
                Tensor expectedY = first.y();
                expected.run(x, expectedY);
                Equality.assertSameBits(expectedY, y, other::toString);
            }
        }
    }

    private static Conv2dCase c(int images, int height, int seed) {
        return Conv2dCase.parse("dtype=float32 x=%1$d,%2$d,%3$d,27 weight=%4$d,300,1,1 bias=true".formatted(images,
                300 * images, height, 130 * images)
                + " stride=2,2 padding=0,0 mode=zeros dilation=1,1 groups=%d".formatted(images)
                + " values=normals,normals layout=contiguous,contiguous,contiguous seed=%d".formatted(seed));
    }
}
