package dev.lanewise.bench.conv;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with data, the same for all contestants. All tensors are contiguous and fill their arrays.
 *
 * @param name how reports call it
 * @param shape the sizes, checked
 * @param x [N, Cin, H, W] or [Cin, H, W]
 * @param weight [Cout, Cin/groups, R, S]
 * @param bias [Cout], or null
 */
public record ConvProblem(String name, Conv2dShape shape, Tensor x, Tensor weight, @Nullable Tensor bias) {
    /** A layer in float32, with a bias and random values between -1 and 1. */
    public static ConvProblem of(Layer layer) {
        return new ConvProblem(layer.toString(), layer.shape(), layer.input(), layer.weight(), layer.bias());
    }

    /** The number of output elements. */
    public int outputs() {
        return Shapes.numel(shape.outputShape());
    }

    /** The elements of x, weight, bias and y: what has to be moved at least. */
    public long elements() {
        return (long) x.numel() + weight.numel() + (bias == null ? 0 : bias.numel()) + outputs();
    }
}
