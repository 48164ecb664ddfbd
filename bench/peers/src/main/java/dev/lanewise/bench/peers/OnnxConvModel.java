package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.bench.layers.Layer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An ONNX model of one {@code Conv} node, with the weights inside so that the runtime can pack them. */
final class OnnxConvModel {
    /** The name of the input. */
    static final String X = "x";
    /** The name of the output. */
    static final String Y = "y";
    private static final int FLOAT = 1;
    private static final int INTS = 7;
    private static final int INT = 2;

    private OnnxConvModel() {
    }

    /** The model as the bytes of an .onnx file. */
    static byte[] of(ConvProblem problem) {
        Layer layer = problem.layer();
        Protobuf node = new Protobuf().add(1, X).add(1, "w").add(1, "b").add(2, Y).add(4, "Conv")
                .add(5, ints("strides", layer.stride(), layer.stride()))
                .add(5, ints("pads", layer.padding().rows(), layer.padding().columns(), layer.padding().rows(),
                        layer.padding().columns()))
                .add(5, ints("dilations", layer.dilation(), layer.dilation()))
                .add(5, ints("kernel_shape", layer.kernel().rows(), layer.kernel().columns()))
                .add(5, new Protobuf().add(1, "group").add(3, layer.groups()).add(20, INT));
        Protobuf graph = new Protobuf().add(1, node).add(2, "conv")
                .add(5, tensor("w", problem.weight().floats(), layer.weightShape()))
                .add(5, tensor("b", problem.bias().floats(), layer.outputChannels()))
                .add(11, value(X, problem.shape().inputShape())).add(12, value(Y, problem.shape().outputShape()));
        return new Protobuf().add(1, 8).add(7, graph).add(8, new Protobuf().add(1, "").add(2, 17)).toBytes();
    }

    private static Protobuf ints(String name, int... values) {
        Protobuf attribute = new Protobuf().add(1, name).add(20, INTS);
        for (int value : values) {
            attribute.add(8, value);
        }
        return attribute;
    }

    private static Protobuf tensor(String name, float[] values, int... shape) {
        Protobuf tensor = new Protobuf();
        for (int size : shape) {
            tensor.add(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.add(2, FLOAT).add(8, name).add(9, raw.array());
    }

    private static Protobuf value(String name, int... shape) {
        Protobuf sizes = new Protobuf();
        for (int size : shape) {
            sizes.add(1, new Protobuf().add(1, size));
        }
        return new Protobuf().add(1, name).add(2, new Protobuf().add(1, new Protobuf().add(1, FLOAT).add(2, sizes)));
    }
}
