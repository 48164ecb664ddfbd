package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what is chosen for which layer: {@code Cin, H = W, Cout, kernel, stride, padding, dilation, groups}. */
class AlgorithmSelectorTest {
    @ParameterizedTest
    @CsvSource({
        "3,   224, 64,   7, 2, 3, 1, 1,   16, 32, DIRECT",
        "64,  56,  64,   3, 1, 1, 1, 1,   16, 32, DIRECT",
        "64,  56,  256,  1, 1, 0, 1, 1,   16, 32, POINTWISE",
        "512, 28,  1024, 1, 2, 0, 1, 1,   16, 32, POINTWISE",
        "240, 28,  240,  1, 1, 0, 1, 3,   16, 32, POINTWISE",
        "512, 7,   2048, 1, 1, 0, 1, 1,   4,  32, POINTWISE",
        "48,  1,   1152, 1, 1, 0, 1, 1,   8,  32, POINTWISE",
        "64,  56,  256,  1, 1, 1, 1, 1,   16, 32, IM2COL_GEMM",
        "128, 28,  128,  3, 1, 1, 1, 1,   16, 32, DIRECT_CHANNELS",
        "128, 28,  128,  3, 1, 1, 1, 1,   8,  16, DIRECT",
        "256, 28,  256,  3, 1, 1, 1, 1,   8,  16, DIRECT_CHANNELS",
        "128, 14,  128,  3, 1, 1, 1, 1,   8,  16, DIRECT_CHANNELS",
        "64,  28,  128,  3, 1, 1, 1, 1,   16, 32, DIRECT",
        "128, 28,  64,   3, 1, 1, 1, 1,   16, 32, DIRECT",
        "64,  56,  64,   3, 2, 1, 1, 1,   16, 32, DIRECT_CHANNELS",
        "64,  56,  64,   3, 2, 1, 1, 1,   8,  16, DIRECT",
        "48,  56,  48,   3, 2, 1, 1, 1,   16, 32, DIRECT",
        "32,  112, 64,   3, 2, 1, 1, 1,   16, 32, DIRECT",
        "256, 14,  256,  3, 1, 1, 1, 1,   16, 32, DIRECT_CHANNELS",
        "128, 14,  64,   3, 1, 1, 1, 1,   16, 32, DIRECT_CHANNELS",
        "128, 14,  16,   3, 1, 1, 1, 1,   4,  32, DIRECT",
        "512, 7,   512,  3, 1, 1, 1, 1,   16, 32, DIRECT_CHANNELS",
        "256, 33,  256,  3, 1, 6, 6, 1,   16, 32, DIRECT_CHANNELS",
        "512, 14,  512,  3, 1, 1, 1, 32,  16, 32, DIRECT",
        "144, 56,  144,  3, 1, 1, 1, 144, 16, 32, DEPTHWISE",
        "96,  112, 96,   3, 2, 1, 1, 96,  16, 32, DEPTHWISE",
        "96,  112, 192,  3, 2, 1, 1, 96,  16, 32, DEPTHWISE",
        "96,  56,  96,   3, 1, 2, 2, 96,  16, 32, DEPTHWISE",
        "96,  56,  96,   3, 2, 2, 2, 96,  16, 32, DIRECT",
        "96,  56,  96,   1, 1, 0, 1, 96,  16, 32, DIRECT",
        "64,  33,  64,   3, 1, 12, 12, 1, 16, 32, DIRECT_CHANNELS",
        "16,  33,  32,   3, 1, 12, 12, 1, 16, 32, DIRECT",
        "96,  28,  96,  13, 1, 6, 1, 96,  16, 32, DIRECT",
        "96,  14,  96,  31, 1, 15, 1, 96, 16, 32, DIRECT",
        "16,  4,   16,   3, 1, 1, 1, 1,   16, 32, DIRECT",
        "64,  33,  32,   3, 1, 12, 12, 1, 16, 32, IM2COL_GEMM"})
    void chooses(int channels, int size, int outputs, int kernel, int stride, int padding, int dilation, int groups,
            int lanes, int registers, Algorithm expected) {
        Conv2dShape shape = shape(channels, size, outputs, kernel, stride, padding, dilation, groups);
        assertEquals(expected, AlgorithmSelector.select(shape, ImageLayout.NCHW, lanes, registers, null).algorithm());
    }

    @Test
    void takesTheForcedOne() {
        for (Algorithm algorithm : Algorithm.values()) {
            Conv2dShape shape = algorithm == Algorithm.POINTWISE
                    ? shape(8, 9, 8, 1, 1, 0, 1, 1)
                    : shape(8, 9, 8, 3, 1, 1, 1, 8);
            assertEquals(algorithm,
                    AlgorithmSelector.select(shape, ImageLayout.NCHW, 16, 32, algorithm.name()).algorithm());
        }
    }

    @Test
    void refusesWhatItCannotCompute() {
        Conv2dShape shape = shape(8, 9, 8, 3, 1, 1, 1, 4);
        String message = assertThrows(IllegalArgumentException.class,
                () -> AlgorithmSelector.select(shape, ImageLayout.NCHW, 16, 32, "DEPTHWISE")).getMessage();
        assertEquals(
                "algorithm DEPTHWISE cannot compute 2 input channels per group with a kernel of 3x3, stride 1x1, padding 1,1,1,1 and dilation 1x1",
                message);
        Conv2dShape padded = shape(8, 9, 8, 1, 1, 1, 1, 1);
        message = assertThrows(IllegalArgumentException.class,
                () -> AlgorithmSelector.select(padded, ImageLayout.NCHW, 16, 32, "POINTWISE")).getMessage();
        assertEquals(
                "algorithm POINTWISE cannot compute 8 input channels per group with a kernel of 1x1, stride 1x1, padding 1,1,1,1 and dilation 1x1",
                message);
    }

    /** Forced, that is; of itself another algorithm is chosen. */
    @Test
    void refusesRowsTooLongToKeep() {
        Conv2dShape wide = Shapes.of(128, 9, 9000, 128, 3, 3, Conv2dSpec.DEFAULT);
        assertEquals(Algorithm.DIRECT, AlgorithmSelector.select(wide, ImageLayout.NCHW, 16, 32, null).algorithm());
        String message = assertThrows(IllegalArgumentException.class,
                () -> AlgorithmSelector.select(wide, ImageLayout.NCHW, 16, 32, "DIRECT_CHANNELS")).getMessage();
        assertEquals(
                "algorithm DIRECT_CHANNELS keeps rows of the padded image and of results, and a place for each tap, which are too large here: "
                        + "9 x 9000 pixels, and 128 channels of 3 x 3 taps",
                message);
        Conv2dShape wider = Shapes.of(3, 9, 60_000, 64, 3, 3, Conv2dSpec.DEFAULT);
        assertEquals(Algorithm.IM2COL_GEMM,
                AlgorithmSelector.select(wider, ImageLayout.NCHW, 16, 32, null).algorithm());
        message = assertThrows(IllegalArgumentException.class,
                () -> AlgorithmSelector.select(wider, ImageLayout.NCHW, 16, 32, "DIRECT")).getMessage();
        assertEquals(
                "algorithm DIRECT keeps rows of the padded image and of results, and a place for each tap, which are too large here: "
                        + "9 x 60000 pixels, and 3 channels of 3 x 3 taps",
                message);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Conv2dShape shape = shape(8, 9, 8, 3, 1, 1, 1, 1);
        String message = assertThrows(IllegalArgumentException.class,
                () -> AlgorithmSelector.select(shape, ImageLayout.NCHW, 16, 32, "WINOGRAD")).getMessage();
        assertEquals("unknown algorithm WINOGRAD, expected one of "
                + "[IM2COL_GEMM, POINTWISE, DEPTHWISE, DIRECT, DIRECT_CHANNELS, PLAIN]", message);
    }

    private static Conv2dShape shape(int channels, int size, int outputs, int kernel, int stride, int padding,
            int dilation, int groups) {
        Tensor weight = Tensor.zeros(DType.FLOAT32, outputs, channels / groups, kernel, kernel);
        Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(stride).withPadding(padding).withDilation(dilation)
                .withGroups(groups);
        return Conv2dShape.of(DType.FLOAT32, new int[] {1, channels, size, size}, weight, null, spec);
    }
}
