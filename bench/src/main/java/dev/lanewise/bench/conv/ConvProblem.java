package dev.lanewise.bench.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * A convolution with data, the same for all contestants: float32, with a bias.
 *
 * @param layer the sizes
 * @param shape the sizes, checked
 * @param x [N, Cin, H, W]
 * @param weight [Cout, Cin/groups, R, S]
 * @param bias [Cout]
 */
public record ConvProblem(ConvLayer layer, Conv2dShape shape, Tensor x, Tensor weight, Tensor bias) {
    private static final long SEED = 20250915;

    /** With random values between -1 and 1. */
    public static ConvProblem of(ConvLayer layer) {
        SplittableRandom random = new SplittableRandom(SEED);
        Tensor weight = random(random, layer.weightShape());
        Tensor bias = random(random, layer.outputChannels());
        Tensor x = random(random, layer.inputShape());
        return new ConvProblem(layer, Conv2dShape.of(x, weight, bias, layer.spec()), x, weight, bias);
    }

    private static Tensor random(SplittableRandom random, int... shape) {
        Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return tensor;
    }

    /** The number of output elements. */
    public int outputs() {
        return shape.batch() * shape.outputChannels() * shape.outputPixels();
    }
}
