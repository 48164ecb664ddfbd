package dev.lanewise.bench.conv;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;

/**
 * A convolution with data, the same for all contestants: float32, with a bias.
 *
 * @param layer the sizes
 * @param shape the sizes, checked
 * @param x [N, Cin, H, W]
 * @param weight [Cout, Cin/groups, R, S]
 * @param bias [Cout]
 */
public record ConvProblem(Layer layer, Conv2dShape shape, Tensor x, Tensor weight, Tensor bias) {
    /** With random values between -1 and 1. */
    public static ConvProblem of(Layer layer) {
        return new ConvProblem(layer, layer.shape(), layer.input(), layer.weight(), layer.bias());
    }

    /** The number of output elements. */
    public int outputs() {
        return shape.batch() * shape.outputChannels() * shape.outputPixels();
    }
}
