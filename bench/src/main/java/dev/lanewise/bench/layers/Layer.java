package dev.lanewise.bench.layers;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.Random;

/**
 * A convolution by its sizes, written {@code N,Cin,H,W,Cout,k,stride,pad,dilation,groups}. The kernel and the padding may differ by
 * axis, rows first: {@code 3x1}.
 *
 * @param batch N
 * @param inputChannels Cin
 * @param height H
 * @param width W
 * @param outputChannels Cout
 * @param kernel the taps, R and S
 * @param stride pixels between two outputs
 * @param padding pixels of zeros on either side
 * @param dilation pixels between two taps
 * @param groups into how many convolutions the channels fall
 */
public record Layer(int batch, int inputChannels, int height, int width, int outputChannels, Pair kernel, int stride,
        Pair padding, int dilation,
        int groups) {

    /**
     * A size for each axis, written {@code 3} if both are the same, {@code 3x1} if not.
     *
     * @param rows for the rows
     * @param columns for the columns
     */
    public record Pair(int rows, int columns) {
        static Pair parse(String text) {
            int x = text.indexOf('x');
            return x < 0
                    ? new Pair(Integer.parseInt(text), Integer.parseInt(text))
                    : new Pair(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
        }

        @Override
        public String toString() {
            return rows == columns ? String.valueOf(rows) : rows + "x" + columns;
        }
    }

    /**
     * Reads a layer as {@link #toString} writes it, or with slashes instead of commas, at which JMH splits values of parameters.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static Layer parse(String text) {
        String[] parts = text.strip().split("[,/]", -1);
        if (parts.length != 10) {
            throw new IllegalArgumentException(
                    "expected N,Cin,H,W,Cout,k,stride,pad,dilation,groups, but got '" + text + "'");
        }
        try {
            Layer layer = new Layer(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]), Pair.parse(parts[5]), Integer.parseInt(parts[6]), Pair.parse(parts[7]),
                    Integer.parseInt(parts[8]),
                    Integer.parseInt(parts[9]));
            if (layer.groups < 1) {
                throw new IllegalArgumentException("not a layer, it has " + layer.groups + " groups: '" + text + "'");
            }
            return layer;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a layer: '" + text + "'", e);
        }
    }

    /** What conv2d takes beside the tensors. */
    public Conv2dSpec spec() {
        return Conv2dSpec.DEFAULT.withStride(stride).withPadding(padding.rows, padding.columns).withDilation(dilation)
                .withGroups(groups);
    }

    /** The sizes, checked. */
    public Conv2dShape shape() {
        return Conv2dShape.of(DType.FLOAT32, new int[] {batch, inputChannels, height, width},
                Tensor.zeros(DType.FLOAT32, 1).expand(weightShape()), null, spec()); // its elements do not matter
    }

    /** The shape of the weight. */
    public int[] weightShape() {
        return new int[] {outputChannels, inputChannels / groups, kernel.rows, kernel.columns};
    }

    /** An input [N, Cin, H, W] of random numbers, the same each time. */
    public Tensor input() {
        return random(1, batch, inputChannels, height, width);
    }

    /** A weight [Cout, Cin/groups, R, S] of random numbers, the same each time. */
    public Tensor weight() {
        return random(2, weightShape());
    }

    /** A bias [Cout] of random numbers, the same each time. */
    public Tensor bias() {
        return random(3, outputChannels);
    }

    /** Between -1 and 1. */
    private static Tensor random(long seed, int... shape) {
        Random random = new Random(seed);
        float[] values = new float[Shapes.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return Tensor.of(values, shape);
    }

    @Override
    public String toString() {
        return batch + "," + inputChannels + "," + height + "," + width + "," + outputChannels + "," + kernel + ","
                + stride + "," + padding + "," + dilation
                + "," + groups;
    }
}
