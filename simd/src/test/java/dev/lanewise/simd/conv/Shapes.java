package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Shapes by the handful, for tests that go through all of a kind. */
final class Shapes {
    private Shapes() {
    }

    /** One image of one group, in which rows and columns differ. */
    static Conv2dShape of(int channels, int height, int width, int outputs, int kernelRows, int kernelColumns,
            Conv2dSpec spec) {
        Tensor weight = Tensor.zeros(DType.FLOAT32, outputs, channels, kernelRows, kernelColumns);
        return Conv2dShape.of(DType.FLOAT32, new int[] {1, channels * spec.groups(), height, width}, weight, null,
                spec);
    }

    /** Every kernel, stride, dilation and padding of a few, with a small image that is wide enough for them. */
    static List<Conv2dShape> various(PaddingMode mode) {
        List<Conv2dShape> shapes = new ArrayList<>();
        for (int kernel : new int[] {1, 2, 3, 5}) {
            for (int stride = 1; stride <= 3; stride++) {
                for (int dilation = 1; dilation <= 2; dilation++) {
                    for (int before = -1; before <= 3; before++) {
                        Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(stride, 3 - stride % 3)
                                .withDilation(dilation, 3 - dilation).withPaddingMode(mode)
                                .withPadding(Padding.sides(before, 2 - before, 1 - before, before));
                        shapes.add(of(2, 10, 11, 3, kernel, 3, spec));
                    }
                }
            }
        }
        return shapes;
    }
}
