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

/**
 * Images that the contract's random shapes are too small for: what is read ahead of the kernels stays within the
 * arrays, and neither that nor work in parts, lest scratch grows, changes a bit.
 */
class LargeImagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "DEPTHWISE|x=1,40,30,47 weight=40,1,3,3 stride=1,1 padding=1,1 dilation=1,1 groups=40",
        "DEPTHWISE|x=2,3,130,113 weight=6,1,3,3 stride=1,1 padding=1,1 dilation=1,1 groups=3",
        "DEPTHWISE|x=1,5,121,99 weight=5,1,5,5 stride=2,2 padding=2,2 dilation=1,1 groups=5",
        "DEPTHWISE|x=1,400,7,7 weight=400,1,3,3 stride=1,1 padding=1,1 dilation=1,1 groups=400",
        "DEPTHWISE|x=1,30,60,60 weight=30,1,7,7 stride=1,1 padding=0,0 dilation=1,1 groups=30",
        "DEPTHWISE|x=1,2,9,5000 weight=2,1,3,3 stride=1,1 padding=4,4 dilation=1,1 groups=2",
        "DEPTHWISE|x=1,7,70,61 weight=14,1,3,3 stride=1,1 padding=12,12 dilation=12,12 groups=7",
        "DEPTHWISE|x=1,2,190,201 weight=2,1,5,5 stride=1,1 padding=6,4 dilation=3,2 groups=2",
        "DEPTHWISE|x=1,3,90,57 weight=3,1,3,3 stride=1,1 padding=5,1 dilation=5,1 groups=3",
        "DEPTHWISE|x=1,12,55,130 weight=12,1,3,3 stride=2,2 padding=1,1 dilation=1,1 groups=12",
        "DEPTHWISE|x=1,2,12,11 weight=2,1,5,5 stride=2,2 padding=-1,2,2,2 dilation=1,1 groups=2",
        "DEPTHWISE|x=1,2,12,11 weight=2,1,7,7 stride=2,2 padding=-1,3,3,2 dilation=1,1 groups=2",
        "POINTWISE|x=1,70,31,33 weight=9,70,1,1 stride=1,1 padding=0,0 dilation=1,1 groups=1",
        "POINTWISE|x=2,600,7,7 weight=30,300,1,1 stride=1,1 padding=0,0 dilation=1,1 groups=2",
        "POINTWISE|x=1,40,113,41 weight=15,40,1,1 stride=1,1 padding=0,0 dilation=1,1 groups=1",
        "POINTWISE|x=1,140,33,34 weight=50,140,1,1 stride=1,1 padding=0,0 dilation=1,1 groups=1",
        "POINTWISE|x=1,300,32,35 weight=66,300,1,1 stride=1,1 padding=0,0 dilation=1,1 groups=1",
        "POINTWISE|x=1,20000,3,5 weight=9,20000,1,1 stride=2,2 padding=0,0 dilation=1,1 groups=1",
        "DIRECT|x=1,2,4,2500 weight=90,2,3,3 stride=1,1 padding=1,1 dilation=1,1 groups=1",
        "DIRECT|x=1,4,4,5001 weight=182,2,3,3 stride=2,2 padding=1,1 dilation=1,1 groups=2",
        "DIRECT_CHANNELS|x=1,3,4,900 weight=200,3,3,3 stride=1,1 padding=1,1 dilation=1,1 groups=1",
        "DIRECT_CHANNELS|x=1,40,20,21 weight=40,40,3,3 stride=1,1 padding=8,8 dilation=8,8 groups=1",
        "DIRECT_CHANNELS|x=2,12,9,30 weight=24,6,2,5 stride=2,1 padding=4,7 dilation=5,3 groups=2",
        "DIRECT_CHANNELS|x=1,60,40,9 weight=33,60,3,3 stride=1,1 padding=0,0 dilation=1,1 groups=1",
        "DIRECT_CHANNELS|x=1,9,5,6 weight=8,9,3,3 stride=1,1 padding=9,9 dilation=4,5 groups=1"})
    void sameBits(String algorithm, String arguments) {
        for (String dtype : new String[] {"float32", "float64"}) {
            for (String layout : new String[] {"contiguous", "cut_channels", "cut_columns"}) {
                assertSameBits(algorithm, Conv2dCase.parse("dtype=" + dtype + " bias=true mode=zeros "
                        + "values=normals,normals layout=" + layout + ",contiguous," + layout + " seed=1 "
                        + arguments));
            }
        }
    }

    private static void assertSameBits(String algorithm, Conv2dCase c) {
        Tensor expected = c.expected();
        try (Workers two = Workers.threads(2)) {
            for (Workers workers : new Workers[] {Workers.sequential(), two}) {
                Conv2dPlan plan = Conv2dProviders.byName("simd").plan(c.shape(), c.weight(), c.bias(),
                        new Conv2dOptions(workers, algorithm));
                Tensor y = c.y();
                plan.run(c.x(), y);
                Equality.assertSameBits(expected, y, plan::describe);
            }
        }
    }
}
