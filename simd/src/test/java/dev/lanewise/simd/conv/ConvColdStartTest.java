package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.simd.SimdProvider;
import dev.lanewise.simd.warmup.Heat;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain loops, then vector code: callers see no difference. */
@Tag("cold-start")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConvColdStartTest {
    private static final Conv2dSpec SPEC = Conv2dSpec.DEFAULT.withPadding(1);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"DEPTHWISE", "POINTWISE", "PLAIN"})
    void denseBitsAreThoseOfTheReference(Algorithm algorithm) {
        check(algorithm, SPEC, new int[] {2, 30, 12, 21}, new int[] {45, 30, 3, 3});
    }

    @Test
    void pointwiseBitsAreThoseOfTheReference() {
        check(Algorithm.POINTWISE, Conv2dSpec.DEFAULT, new int[] {2, 40, 12, 21}, new int[] {45, 40, 1, 1});
    }

    @Test
    void depthwiseBitsAreThoseOfTheReference() {
        check(Algorithm.DEPTHWISE, SPEC.withGroups(7), new int[] {2, 7, 12, 21}, new int[] {7, 1, 3, 3});
    }

    private static void check(Algorithm algorithm, Conv2dSpec spec, int[] xShape, int[] weightShape) {
        Generator generator = new Generator(1);
        Tensor x = RandomTensors.randn(generator, DType.FLOAT32, xShape);
        Tensor weight = RandomTensors.randn(generator, DType.FLOAT32, weightShape);
        Tensor bias = RandomTensors.randn(generator, DType.FLOAT32, weightShape[0]);
        Conv2dShape shape = Conv2dShape.of(x, weight, bias, spec);
        Conv2dOptions options = Conv2dOptions.DEFAULT.withEpilogues(new Epilogue.Relu());
        Tensor expected = Tensor.zeros(DType.FLOAT32, shape.outputShape());
        Conv2dProviders.reference().plan(shape, weight, bias, options).run(x, expected);

        Heat heat = ConvKinds.heat(algorithm, shape, ImageLayout.NCHW);
        assertFalse(heat.isHot());
        try (Workers workers = Workers.threads(2)) {
            Conv2dPlan plan = new SimdProvider().plan(shape, weight, bias,
                    options.withAlgorithm(algorithm.name()).withWorkers(workers));
            assertEquals(algorithm.name(), plan.algorithm());
            IntStream.range(0, 4).parallel().forEach(thread -> {
                Tensor y = Tensor.zeros(DType.FLOAT32, shape.outputShape());
                for (int after = 0; after < 20; after += heat.isHot() ? 1 : 0) {
                    plan.run(x, y);
                    Equality.assertSameBits(expected, y);
                }
            });
        }
    }

    @Test
    void aBatchDoesNotMakeAKind() {
        Tensor weight = Tensor.zeros(DType.FLOAT32, 4, 3, 3, 3);
        Conv2dShape one = Conv2dShape.of(DType.FLOAT32, new int[] {3, 9, 9}, weight, null, SPEC);
        Conv2dShape many = Conv2dShape.of(DType.FLOAT32, new int[] {5, 3, 9, 9}, weight, null, SPEC);
        Heat heat = ConvKinds.heat(Algorithm.DIRECT, one, ImageLayout.NCHW);
        assertSame(heat, ConvKinds.heat(Algorithm.DIRECT, many, ImageLayout.NCHW));
    }
}
