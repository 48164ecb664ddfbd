package dev.lanewise.bench.net;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns each node into a step that reads and writes tensors made here; all of them are contiguous. */
final class NetworkPlanner {
    private static final List<Integer> ONES = List.of(1, 1);
    private static final List<Integer> NO_PADS = List.of(0, 0, 0, 0);

    private final Network network;
    private final Conv2dProvider provider;
    private final Conv2dOptions options;
    private final Map<String, Tensor> values = new HashMap<>();
    private final List<Runnable> steps = new ArrayList<>();
    private final List<Conv2dPlan> convolutions = new ArrayList<>();

    NetworkPlanner(Network network, Conv2dProvider provider, Conv2dOptions options) {
        this.network = network;
        this.provider = provider;
        this.options = options;
    }

    NetworkPlan plan() {
        values.put(network.input(), Tensor.zeros(DType.FLOAT32, network.inputShape()));
        for (Node node : network.nodes()) {
            Tensor output = add(node);
            if (!Arrays.equals(output.shape(), Network.ints(node.outShape()))) {
                throw node.error("its output has shape " + Shapes.format(output.shape()) + ", but the file says "
                        + node.outShape());
            }
            values.put(node.output(), output);
        }
        return new NetworkPlan(network, values, steps, convolutions);
    }

    /** Adds the node's step, if there is something to do when the network runs, and returns where its output will be. */
    private Tensor add(Node node) {
        return switch (node.op()) {
            case "Conv" -> conv(node);
            case "Relu" -> relu(input(node, 0));
            case "Add" -> sum(node, input(node, 0), input(node, 1));
            case "MaxPool" -> maxPool(node, input(node, 0));
            case "Transpose" -> copyOf(input(node, 0).permute(Network.ints(given(node, node.attrs().perm()))));
            case "Reshape" -> input(node, 0).view(network.integers(node.inputs().get(1)));
            case "Concat" -> concat(node, given(node, node.attrs().axis()));
            case "ConstantOfShape" -> Tensor.zeros(DType.FLOAT32, network.integers(node.inputs().get(0)));
            default -> throw node.error("this operator is not supported");
        };
    }

    private Tensor input(Node node, int index) {
        Tensor input = values.get(node.inputs().get(index));
        if (input == null) {
            throw node.error("its input " + node.inputs().get(index) + " is not the output of an earlier node");
        }
        return input;
    }

    private static <T> T given(Node node, @Nullable T attribute) {
        if (attribute == null) {
            throw node.error("a required attribute is missing");
        }
        return attribute;
    }

    private static List<Integer> orElse(@Nullable List<Integer> attribute, List<Integer> otherwise) {
        return attribute == null ? otherwise : attribute;
    }

    private Tensor conv(Node node) {
        Tensor x = input(node, 0);
        Tensor weight = network.weight(node.inputs().get(1));
        Tensor bias = node.inputs().size() > 2 ? network.weight(node.inputs().get(2)) : null;
        Node.Attributes attrs = node.attrs();
        List<Integer> pads = orElse(attrs.pads(), NO_PADS);
        Integer group = attrs.group();
        Conv2dSpec spec = new Conv2dSpec(orElse(attrs.strides(), ONES),
                Padding.sides(pads.get(0), pads.get(1), pads.get(2), pads.get(3)),
                PaddingMode.ZEROS, orElse(attrs.dilations(), ONES), group == null ? 1 : group);
        Conv2dPlan plan = provider.plan(Conv2dShape.of(x, weight, bias, spec), weight, bias, options);
        Tensor y = Tensor.zeros(DType.FLOAT32, plan.shape().outputShape());
        convolutions.add(plan);
        steps.add(() -> plan.run(x, y));
        return y;
    }

    private Tensor relu(Tensor x) {
        Tensor y = Tensor.zeros(DType.FLOAT32, x.shape());
        steps.add(() -> Elementwise.relu(x.floats(), y.floats()));
        return y;
    }

    private Tensor sum(Node node, Tensor a, Tensor b) {
        if (!Arrays.equals(a.shape(), b.shape())) {
            throw node.error("broadcasting is not supported, but the shapes are " + Shapes.format(a.shape()) + " and "
                    + Shapes.format(b.shape()));
        }
        Tensor y = Tensor.zeros(DType.FLOAT32, a.shape());
        steps.add(() -> Elementwise.add(a.floats(), b.floats(), y.floats()));
        return y;
    }

    private Tensor maxPool(Node node, Tensor x) {
        List<Integer> two = List.of(2, 2);
        if (!two.equals(node.attrs().kernelShape()) || !two.equals(node.attrs().strides())
                || !orElse(node.attrs().pads(), NO_PADS).equals(NO_PADS)) {
            throw node.error("only 2x2 windows with stride 2 and without padding are supported");
        }
        Tensor y = Tensor.zeros(DType.FLOAT32, x.size(0), x.size(1), x.size(2) / 2, x.size(3) / 2);
        steps.add(() -> MaxPool2x2.run(x, y));
        return y;
    }

    private Tensor concat(Node node, int axis) {
        List<Tensor> inputs = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < node.inputs().size(); i++) {
            inputs.add(input(node, i));
            size += inputs.get(i).size(axis);
        }
        int[] shape = inputs.get(0).shape();
        shape[axis] = size;
        Tensor y = Tensor.zeros(DType.FLOAT32, shape);
        int from = 0;
        for (Tensor x : inputs) {
            Tensor part = y.slice(axis, from, from + x.size(axis), 1);
            steps.add(() -> part.copyFrom(x));
            from += x.size(axis);
        }
        return y;
    }

    private Tensor copyOf(Tensor x) {
        Tensor y = Tensor.zeros(DType.FLOAT32, x.shape());
        steps.add(() -> y.copyFrom(x));
        return y;
    }
}
