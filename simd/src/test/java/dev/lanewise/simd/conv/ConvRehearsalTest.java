package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.warmup.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvRehearsalTest {
    private static Conv2dShape shape(int channels, int side, int outputChannels, int kernel, int groups,
            Conv2dSpec spec) {
        Tensor weight = Tensor.zeros(DType.FLOAT32, outputChannels, channels / groups, kernel, kernel);
        return Conv2dShape.of(DType.FLOAT32, new int[] {3, channels, side, side}, weight, null,
                spec.withGroups(groups));
    }

    private static List<Rehearsal> rehearse(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
        List<Rehearsal> rehearsals = ConvRehearsal.of(algorithm, shape, layout);
        assertFalse(rehearsals.isEmpty());
        for (Rehearsal rehearsal : rehearsals) {
            rehearsal.vector();
            rehearsal.plain();
        }
        return rehearsals;
    }

    @ParameterizedTest
    @CsvSource({"1, 30, 1, 3, 1, 1, 1", "2, 7, 4, 3, 1, 1, 1", "9, 40, 9, 5, 2, 2, 1", "6, 33, 6, 3, 1, 2, 2",
        "5, 50, 10, 7, 1, 3, 1", "3, 3, 3, 3, 2, 0, 1", "3, 2, 3, 5, 1, 4, 1"})
    void depthwisePlanesOfTheirOwn(int channels, int side, int outputChannels, int kernel, int stride, int padding,
            int dilation) {
        Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(stride).withPadding(padding).withDilation(dilation);
        Conv2dShape shape = shape(channels, side, outputChannels, kernel, channels, spec);
        assertEquals(1, rehearse(Algorithm.DEPTHWISE, shape, ImageLayout.NCHW).size());
    }

    @Test
    void depthwiseWithOtherPaddings() {
        for (PaddingMode mode : PaddingMode.values()) {
            Conv2dSpec spec = Conv2dSpec.DEFAULT.withPadding(2).withPaddingMode(mode);
            rehearse(Algorithm.DEPTHWISE, shape(4, 20, 4, 5, 4, spec), ImageLayout.NCHW);
        }
        rehearse(Algorithm.DEPTHWISE, shape(4, 20, 4, 5, 4, Conv2dSpec.DEFAULT), ImageLayout.NHWC);
    }

    @Test
    void fewTapsThenASecondBlockThenTheShapeItself() {
        Conv2dShape shape = shape(40, 9, 8, 3, 1, Conv2dSpec.DEFAULT.withPadding(1));
        assertEquals(3, rehearse(Algorithm.DIRECT, shape, ImageLayout.NCHW).size());
        assertEquals(1,
                rehearse(Algorithm.POINTWISE, shape(16, 9, 8, 1, 1, Conv2dSpec.DEFAULT), ImageLayout.NHWC).size());
    }
}
