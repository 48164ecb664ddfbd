package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of conv2d to be made wrong: x [1, 3, 8, 8], weight [4, 3, 3, 3], no bias, everything else the default. */
final class Call {
    private DType dtype = DType.FLOAT32;
    private int[] x = {1, 3, 8, 8};
    private DType weightType = DType.FLOAT32;
    private int[] weight = {4, 3, 3, 3};
    private @Nullable Tensor bias;
    private List<Integer> stride = List.of(1, 1);
    private Padding padding = Padding.NONE;
    private PaddingMode mode = PaddingMode.ZEROS;
    private List<Integer> dilation = List.of(1, 1);
    private int groups = 1;

    Call dtype(DType dtype) {
        this.dtype = dtype;
        return this;
    }

    Call x(int... shape) {
        this.x = shape;
        return this;
    }

    Call weightType(DType dtype) {
        this.weightType = dtype;
        return this;
    }

    Call weight(int... shape) {
        this.weight = shape;
        return this;
    }

    Call bias(int... shape) {
        return bias(DType.FLOAT32, shape);
    }

    Call bias(DType dtype, int... shape) {
        this.bias = Tensor.zeros(dtype, shape);
        return this;
    }

    Call stride(Integer... values) {
        this.stride = List.of(values);
        return this;
    }

    Call padding(Integer... values) {
        return padding(new Padding.Symmetric(List.of(values)));
    }

    Call padding(Padding padding) {
        this.padding = padding;
        return this;
    }

    Call mode(PaddingMode mode) {
        this.mode = mode;
        return this;
    }

    Call dilation(Integer... values) {
        this.dilation = List.of(values);
        return this;
    }

    Call groups(int groups) {
        this.groups = groups;
        return this;
    }

    Conv2dShape shape() {
        return Conv2dShape.of(dtype, x, Tensor.zeros(weightType, weight), bias,
                new Conv2dSpec(stride, padding, mode, dilation, groups));
    }
}
