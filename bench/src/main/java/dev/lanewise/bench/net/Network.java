package dev.lanewise.bench.net;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
/**
 * A network: its nodes in the order in which they are executed, and its constants.
 *
 * <p>It is read from two plain files. The JSON file names the input, the outputs, the nodes ({@link Node}) and the constants; a
 * constant holds integers of its own, or float32 numbers that begin at an offset, in elements, of the weights file (raw,
 * little-endian).
 */
public final class Network {
    private final NetworkFile file;
    private final float[] weights;

    private Network(NetworkFile file, float[] weights) {
        this.file = file;
        this.weights = weights;
    }

    /**
     * Reads a network and closes both streams.
     *
     * @throws IOException if they cannot be read
     * @throws IllegalArgumentException if the JSON is not a network's
     */
    public static Network read(InputStream json, InputStream weights) throws IOException {
        try (json; weights; InputStreamReader text = new InputStreamReader(json, StandardCharsets.UTF_8)) {
            NetworkFile file = NetworkFile.read(text);
            float[] floats = floats(weights.readAllBytes());
            file.checkWeights(floats.length);
            return new Network(file, floats);
        }
    }

    private static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    /** The input's name. */
    public String input() {
        return file.input();
    }

    /** The input's shape. */
    public int[] inputShape() {
        return ints(file.inputShape());
    }

    /** The names of the outputs. */
    public List<String> outputs() {
        return file.outputs();
    }

    /** The nodes in the order in which they are executed. */
    public List<Node> nodes() {
        return file.nodes();
    }

    /** A float32 constant by its name: a view of the weights. */
    public Tensor weight(String name) {
        NetworkFile.Constant constant = constant(name);
        int[] shape = ints(constant.shape());
        return Tensor.strided(DType.FLOAT32, weights, constant.offset(), shape, Shapes.contiguousStrides(shape));
    }

    /** An integer constant by its name. */
    public int[] integers(String name) {
        List<Integer> values = constant(name).ints();
        if (values == null) {
            throw new IllegalArgumentException("the constant " + name + " does not hold integers");
        }
        return ints(values);
    }

    private NetworkFile.Constant constant(String name) {
        NetworkFile.Constant constant = file.tensors().get(name);
        if (constant == null) {
            throw new IllegalArgumentException("there is no constant " + name);
        }
        return constant;
    }

    /** Makes the network ready to run: all convolutions by one provider, each with its weights packed once. */
    public NetworkPlan plan(Conv2dProvider provider, Conv2dOptions options) {
        return new NetworkPlanner(this, provider, options).plan();
    }

    static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
