package dev.lanewise.bench.net;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * ONNX's operators straight from their definitions, in float64 and one element after the other. Shares no code with the plans.
 *
 * <p>Beside each value it computes that value's magnitude: for a convolution the same sum over absolute values, which is what its
 * rounding errors are proportional to.
 */
final class DoubleEvaluation {
    private final Network network;
    private final Map<String, double[]> values = new HashMap<>();
    private final Map<String, int[]> shapes = new HashMap<>();

    DoubleEvaluation(Network network) {
        this.network = network;
        set(network.input(), new double[0], network.inputShape());
    }

    /** The value of a node and the magnitudes of its elements. */
    static final class Result {
        final double[] values;
        final double[] magnitudes;

        Result(double[] values, double[] magnitudes) {
            this.values = values;
            this.magnitudes = magnitudes;
        }

        static Result exact(double[] values) {
            return new Result(values, values.clone());
        }
    }

    /** Gives a value to compute with. */
    void set(String name, double[] value, int... shape) {
        values.put(name, value);
        shapes.put(name, shape);
    }

    /** Computes a node from the values set so far. */
    Result evaluate(Node node) {
        return switch (node.op()) {
            case "Conv" -> conv(node);
            case "Relu" -> Result.exact(map(node, 0, v -> Math.max(v, 0)));
            case "Add" -> add(node);
            case "MaxPool" -> Result.exact(maxPool(node));
            case "Transpose" -> Result.exact(transpose(node, Objects.requireNonNull(node.attrs().perm())));
            case "Reshape" -> Result.exact(map(node, 0, v -> v));
            case "Concat" -> Result.exact(concat(node));
            case "ConstantOfShape" -> Result.exact(new double[numel(shape(node))]);
            default -> throw new AssertionError(node.op());
        };
    }

    private double[] value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private int[] inputShape(Node node, int index) {
        return Objects.requireNonNull(shapes.get(node.inputs().get(index)));
    }

    private static int[] shape(Node node) {
        return node.outShape().stream().mapToInt(Integer::intValue).toArray();
    }

    private static int numel(int... shape) {
        int product = 1;
        for (int size : shape) {
            product *= size;
        }
        return product;
    }

    private double[] map(Node node, int input, DoubleUnaryOperator f) {
        return Arrays.stream(value(node.inputs().get(input))).map(f).toArray();
    }

    private Result add(Node node) {
        double[] a = value(node.inputs().get(0));
        double[] b = value(node.inputs().get(1));
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] + b[i];
        }
        return Result.exact(y);
    }

    private Result conv(Node node) {
        double[] x = value(node.inputs().get(0));
        float[] w = network.weight(node.inputs().get(1)).copy().floats();
        float[] b = node.inputs().size() > 2
                ? network.weight(node.inputs().get(2)).copy().floats()
                : new float[node.outShape().get(1)];
        int[] in = inputShape(node, 0);
        int[] out = shape(node);
        int[] kernel = network.weight(node.inputs().get(1)).shape();
        Integer group = node.attrs().group();
        List<Integer> givenPads = node.attrs().pads();
        List<Integer> strides = Objects.requireNonNull(node.attrs().strides());
        List<Integer> dilations = Objects.requireNonNull(node.attrs().dilations());
        List<Integer> pads = givenPads == null ? List.of(0, 0, 0, 0) : givenPads;
        int groupOutputs = out[1] / (group == null ? 1 : group);
        double[] y = new double[numel(out)];
        double[] magnitudes = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int q = i % out[3];
            int p = i / out[3] % out[2];
            int o = i / (out[3] * out[2]) % out[1];
            int n = i / (out[3] * out[2] * out[1]);
            y[i] = b[o];
            magnitudes[i] = Math.abs(b[o]);
            for (int t = 0; t < kernel[1] * kernel[2] * kernel[3]; t++) {
                int s = t % kernel[3];
                int r = t / kernel[3] % kernel[2];
                int c = t / (kernel[3] * kernel[2]);
                int row = p * strides.get(0) + r * dilations.get(0) - pads.get(0);
                int column = q * strides.get(1) + s * dilations.get(1) - pads.get(1);
                if (row >= 0 && row < in[2] && column >= 0 && column < in[3]) {
                    int channel = o / groupOutputs * kernel[1] + c;
                    double product = x[((n * in[1] + channel) * in[2] + row) * in[3] + column]
                            * w[o * kernel[1] * kernel[2] * kernel[3] + t];
                    y[i] += product;
                    magnitudes[i] += Math.abs(product);
                }
            }
        }
        return new Result(y, magnitudes);
    }

    private double[] maxPool(Node node) {
        double[] x = value(node.inputs().get(0));
        int[] in = inputShape(node, 0);
        int[] out = shape(node);
        double[] y = new double[numel(out)];
        for (int i = 0; i < y.length; i++) {
            int plane = i / (out[3] * out[2]);
            int corner = (plane * in[2] + i / out[3] % out[2] * 2) * in[3] + i % out[3] * 2;
            y[i] = Math.max(Math.max(x[corner], x[corner + 1]), Math.max(x[corner + in[3]], x[corner + in[3] + 1]));
        }
        return y;
    }

    private double[] transpose(Node node, List<Integer> perm) {
        double[] x = value(node.inputs().get(0));
        int[] in = inputShape(node, 0);
        int[] out = shape(node);
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            int[] index = new int[4];
            for (int axis = 3, rest = i; axis >= 0; axis--) {
                index[perm.get(axis)] = rest % out[axis];
                rest /= out[axis];
            }
            y[i] = x[((index[0] * in[1] + index[1]) * in[2] + index[2]) * in[3] + index[3]];
        }
        return y;
    }

    /** Along the channels of one image, where the inputs lie one after the other. */
    private double[] concat(Node node) {
        double[] y = new double[numel(shape(node))];
        int at = 0;
        for (String input : node.inputs()) {
            double[] x = value(input);
            System.arraycopy(x, 0, y, at, x.length);
            at += x.length;
        }
        return y;
    }
}
