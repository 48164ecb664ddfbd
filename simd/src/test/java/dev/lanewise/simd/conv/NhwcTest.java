package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.TorchCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans for NHWC: what computes them, what they say, and what they need. */
class NhwcTest {
    private static final Conv2dOptions NHWC = Conv2dOptions.DEFAULT.withLayout(ImageLayout.NHWC);

    private final Conv2dProvider simd = Conv2dProviders.byName("simd");

    @ParameterizedTest
    @CsvSource({
        "3,   224, 64,  7, 2, 3, 1,   IM2COL_GEMM",
        "64,  56,  64,  3, 1, 1, 1,   IM2COL_GEMM",
        "64,  56,  256, 1, 1, 0, 1,   POINTWISE",
        "512, 28,  64,  1, 2, 0, 1,   POINTWISE",
        "64,  56,  64,  1, 1, 1, 1,   IM2COL_GEMM",
        "144, 56,  144, 3, 1, 1, 144, DEPTHWISE",
        "96,  112, 96,  5, 2, 2, 96,  DEPTHWISE",
        "8,   20,  8,   16, 1, 0, 8,  DEPTHWISE",
        "8,   20,  8,   17, 1, 0, 8,  IM2COL_GEMM",
        "96,  112, 192, 3, 2, 1, 96,  DIRECT",
        "128, 56,  128, 3, 1, 1, 32,  DIRECT",
        "256, 28,  128, 1, 1, 0, 32,  DIRECT",
        "256, 28,  256, 3, 1, 1, 32,  DIRECT",
        "512, 14,  512, 3, 1, 1, 32,  IM2COL_GEMM"})
    void chooses(int channels, int size, int outputs, int kernel, int stride, int padding, int groups,
            Algorithm expected) {
        Conv2dShape shape = shape(channels, size, outputs, kernel, stride, padding, groups);
        assertEquals(expected, AlgorithmSelector.select(shape, ImageLayout.NHWC, 16, 32, null).algorithm());
    }

    @ParameterizedTest
    @CsvSource({"IM2COL_GEMM, 3, 1", "PLAIN, 3, 1", "POINTWISE, 1, 1", "DEPTHWISE, 3, 4", "IM2COL_GEMM, 3, 4"})
    void takesTheForcedOne(Algorithm algorithm, int kernel, int groups) {
        Conv2dShape shape = shape(4, 9, 4, kernel, 1, 0, groups);
        assertEquals(algorithm,
                AlgorithmSelector.select(shape, ImageLayout.NHWC, 16, 32, algorithm.name()).algorithm());
    }

    @Test
    void saysItsLayout() {
        Conv2dPlan plan = simd.plan(shape(4, 9, 4, 3, 1, 1, 1), Tensor.zeros(DType.FLOAT32, 4, 4, 3, 3), null, NHWC);
        assertTrue(plan.describe().contains("float32, NHWC,"), plan.describe());
    }

    @ParameterizedTest
    @CsvSource({
        "DIRECT,          1, 3, 'algorithm DIRECT computes at most 256 taps in NHWC, not 288'",
        "DIRECT_CHANNELS, 1, 3, 'algorithm DIRECT_CHANNELS computes NCHW, not NHWC'",
        "DEPTHWISE,       2, 3, 'algorithm DEPTHWISE computes one input and one output channel per group in NHWC, not 16 and 16'",
        "DEPTHWISE,       32, 17, 'algorithm DEPTHWISE computes at most 256 taps in NHWC, not 289'"})
    void refusesByName(String algorithm, int groups, int kernel, String message) {
        Tensor weight = Tensor.zeros(DType.FLOAT32, 32, 32 / groups, kernel, kernel);
        Conv2dShape shape = shape(32, 19, 32, kernel, 1, 1, groups);
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> simd.plan(shape, weight, null, NHWC.withAlgorithm(algorithm))).getMessage());
    }

    @Test
    void refusesRowsThatAreTooLarge() {
        Tensor weight = Tensor.zeros(DType.FLOAT32, 1).expand(4, 1, 3, 3);
        Conv2dShape shape = Conv2dShape.of(DType.FLOAT32, new int[] {1, 4, 3, 20000}, weight, null,
                Conv2dSpec.DEFAULT.withGroups(4));
        assertEquals(
                "algorithm DEPTHWISE keeps the padded rows that a kernel spans, which are too large here: 3 x 20000"
                        + " pixels",
                assertThrows(IllegalArgumentException.class,
                        () -> simd.plan(shape, weight, null, NHWC.withAlgorithm("DEPTHWISE"))).getMessage());
        assertEquals(Algorithm.IM2COL_GEMM, AlgorithmSelector.select(shape, ImageLayout.NHWC, 4, 32, null).algorithm());
    }

    /** What PyTorch computed, with images in NHWC. */
    @Test
    void knownAnswers() {
        TorchCases.conv2d().forEach(known -> {
            Conv2dPlan plan = simd.plan(Conv2dShape.of(known.x(), known.weight(), known.bias(), known.spec()),
                    known.weight(), known.bias(), NHWC);
            Tensor y = ImageLayout.NHWC.zeros(DType.FLOAT32, plan.shape().outputShape());
            plan.run(ImageLayout.NHWC.copy(known.x()), y);
            known.check(y);
        });
    }

    private static Conv2dShape shape(int channels, int size, int outputs, int kernel, int stride, int padding,
            int groups) {
        Tensor weight = Tensor.zeros(DType.FLOAT32, 1).expand(outputs, channels / groups, kernel, kernel);
        return Conv2dShape.of(DType.FLOAT32, new int[] {1, channels, size, size}, weight, null,
                Conv2dSpec.DEFAULT.withStride(stride).withPadding(padding).withGroups(groups));
    }
}
