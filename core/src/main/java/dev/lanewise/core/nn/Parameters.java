package dev.lanewise.core.nn;

import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.Tensor;

/** The random values that PyTorch's layers start with. */
public final class Parameters {
    private Parameters() {
    }

    /**
     * Draws a layer's initial weight: {@code kaiming_uniform_(weight, a=sqrt(5))}.
     *
     * @param weight [Cout, Cin/groups, R, S], or any shape whose axes from the second on are one output's inputs; float32 or float64, written
     */
    public static void initWeight(Generator generator, Tensor weight) {
        if (weight.numel() > 0) { // PyTorch draws nothing for empty tensors
            double gain = Math.sqrt(2.0 / (1 + 5));
            double bound = Math.sqrt(3.0) * (gain / Math.sqrt(fanIn(weight))); // in this order, as the last bits depend on it
            RandomTensors.fillUniform(generator, weight, -bound, bound);
        }
    }

    /**
     * Draws a layer's initial bias.
     *
     * @param bias [Cout], float32 or float64, written
     * @param weight the layer's weight, whose shape sets the range
     */
    public static void initBias(Generator generator, Tensor bias, Tensor weight) {
        int fanIn = fanIn(weight);
        if (fanIn > 0) {
            double bound = 1 / Math.sqrt(fanIn);
            RandomTensors.fillUniform(generator, bias, -bound, bound);
        }
    }

    /** The inputs that one output sums: Cin/groups * R * S. */
    private static int fanIn(Tensor weight) {
        int product = 1;
        for (int axis = 1; axis < weight.rank(); axis++) {
            product = Math.multiplyExact(product, weight.size(axis));
        }
        return product;
    }
}
