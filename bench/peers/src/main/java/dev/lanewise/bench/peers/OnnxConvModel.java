package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ONNX model of one {@code Conv} node, with the weights inside so that the runtime can pack them. Where the padding is more than the node
 * can say, a {@code Pad} node comes before it.
 */
final class OnnxConvModel {
    /** The name of the input. */
    static final String X = "x";
    /** The name of the output. */
    static final String Y = "y";
    private static final String PADDED = "padded";
    private static final int IR_VERSION = 9;
    private static final int OPSET = 19;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int INTS = 7;

    private OnnxConvModel() {
    }

    /** The model as the bytes of an .onnx file. */
    static byte[] of(ConvProblem problem) {
        Conv2dShape shape = problem.shape();
        Conv2dAxis h = shape.rows();
        Conv2dAxis v = shape.columns();
        boolean padNode = needsPadNode(shape);
        Protobuf conv = new Protobuf().add(1, padNode ? PADDED : X).add(1, "w");
        if (problem.bias() != null) {
            conv.add(1, "b");
        }
        conv.add(2, Y).add(4, "Conv").add(5, ints("strides", h.stride(), v.stride()))
                .add(5, padNode ? ints("pads", 0, 0, 0, 0) : ints("pads", h.before(), v.before(), h.after(), v.after()))
                .add(5, ints("dilations", h.dilation(), v.dilation()))
                .add(5, ints("kernel_shape", h.kernel(), v.kernel()))
                .add(5, new Protobuf().add(1, "group").add(3, shape.groups()).add(20, INT));
        Protobuf graph = new Protobuf();
        if (padNode) {
            graph.add(1, new Protobuf().add(1, X).add(1, "pads").add(2, PADDED).add(4, "Pad")
                    .add(5, new Protobuf().add(1, "mode").add(4, mode(shape.paddingMode())).add(20, STRING)));
        }
        graph.add(1, conv).add(2, "conv").add(5, floats("w", problem.weight()));
        if (problem.bias() != null) {
            graph.add(5, floats("b", problem.bias()));
        }
        if (padNode) {
            graph.add(5, longs("pads", 0, 0, h.before(), v.before(), 0, 0, h.after(), v.after()));
        }
        graph.add(11, value(X, NativeShapes.input(shape))).add(12, value(Y, NativeShapes.output(shape)));
        return new Protobuf().add(1, IR_VERSION).add(7, graph).add(8, new Protobuf().add(1, "").add(2, OPSET))
                .toBytes();
    }

    private static boolean needsPadNode(Conv2dShape shape) {
        return shape.paddingMode() != PaddingMode.ZEROS || NativeShapes.isCropped(shape);
    }

    private static String mode(PaddingMode mode) {
        return switch (mode) {
            case ZEROS -> "constant";
            case REFLECT -> "reflect";
            case REPLICATE -> "edge";
            case CIRCULAR -> "wrap";
        };
    }

    private static Protobuf ints(String name, int... values) {
        Protobuf attribute = new Protobuf().add(1, name).add(20, INTS);
        for (int value : values) {
            attribute.add(8, value);
        }
        return attribute;
    }

    private static Protobuf floats(String name, Tensor values) {
        ByteBuffer raw = ByteBuffer.allocate(values.numel() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values.floats());
        return tensor(name, FLOAT, raw, values.shape());
    }

    private static Protobuf longs(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, INT64, raw, values.length);
    }

    private static Protobuf tensor(String name, int type, ByteBuffer raw, int... shape) {
        Protobuf tensor = new Protobuf();
        for (int size : shape) {
            tensor.add(1, size);
        }
        byte[] bytes = new byte[raw.capacity()];
        raw.get(0, bytes);
        return tensor.add(2, type).add(8, name).add(9, bytes);
    }

    private static Protobuf value(String name, long... shape) {
        Protobuf sizes = new Protobuf();
        for (long size : shape) {
            sizes.add(1, new Protobuf().add(1, size));
        }
        return new Protobuf().add(1, name).add(2, new Protobuf().add(1, new Protobuf().add(1, FLOAT).add(2, sizes)));
    }
}
