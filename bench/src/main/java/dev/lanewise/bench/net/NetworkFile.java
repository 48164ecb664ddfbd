package dev.lanewise.bench.net;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.lanewise.core.tensor.Shapes;
import java.io.Reader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON file of a network, with everything in it that is not optional. */
record NetworkFile(String input, List<Integer> inputShape, List<String> outputs, Map<String, Constant> tensors,
        List<Node> nodes) {
    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).create();

    /** Integers of its own, or float32 numbers from an offset of the weights file on. */
    record Constant(List<Integer> shape, @Nullable List<Integer> ints, int offset) {
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it is not a network's
     */
    static NetworkFile read(Reader json) {
        try {
            NetworkFile file = require(GSON.fromJson(json, NetworkFile.class), "content");
            file.check();
            return file;
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not the description of a network: " + e.getMessage(), e);
        }
    }

    /** Gson leaves null what the file does not have. */
    private void check() {
        require(input, "input");
        requireAll(inputShape, "input_shape");
        requireAll(outputs, "outputs");
        require(tensors, "tensors");
        tensors.forEach((name, constant) -> {
            require(constant, "tensor " + name);
            requireAll(constant.shape, "shape of the tensor " + name);
            if (constant.ints != null) {
                requireAll(constant.ints, "ints of the tensor " + name);
            }
        });
        requireAll(nodes, "nodes");
        for (Node node : nodes) {
            require(node.output(), "output of a node");
            require(node.op(), "op of the node " + node.output());
            requireAll(node.inputs(), "inputs of the node " + node.output());
            require(node.attrs(), "attrs of the node " + node.output());
            requireAll(node.outShape(), "out_shape of the node " + node.output());
        }
    }

    /**
     * Sees that the constants lie within the weights.
     *
     * @param count how many float32 numbers there are
     * @throws IllegalArgumentException if one does not
     */
    void checkWeights(int count) {
        tensors.forEach((name, constant) -> {
            if (constant.ints == null) {
                long end = (long) constant.offset + Shapes.numel(Network.ints(constant.shape));
                if (constant.offset < 0 || end > count) {
                    throw new IllegalArgumentException("the constant " + name + " has the weights " + constant.offset
                            + " to " + end + ", but there are " + count);
                }
            }
        });
    }

    private static void requireAll(@Nullable Collection<?> values, String what) {
        for (Object value : require(values, what)) {
            require(value, "value in " + what);
        }
    }

    private static <T> T require(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("not the description of a network: there is no " + what);
        }
        return value;
    }
}
