package dev.lanewise.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Convolves with DJL, as {@link DjlProcess} tells it on the standard input, and answers on the standard output. */
final class DjlServer {
    /** Followed by a layer as text; answered by nothing. The weights and the input are those of {@link ConvProblem#of}. */
    static final int PREPARE = 1;
    /** Followed by a layer as text and a number of calls; answered by the nanoseconds that they took. */
    static final int CALL = 2;
    /** Followed by a layer as text; answered by the number of output elements and these. */
    static final int OUTPUT = 3;
    /** Followed by a layer as text; answered by nothing. */
    static final int CLOSE = 4;
    private final Map<String, Convolution> convolutions = new HashMap<>();
    private final DataInputStream in;
    private final DataOutputStream out;

    private DjlServer(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Serves until the standard input ends. It begins with the versions of DJL and of its engine. */
    public static void main(String[] args) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        System.setOut(System.err); // for what libraries print
        out.writeUTF("DJL " + Engine.getDjlVersion() + " with PyTorch " + Engine.getInstance().getVersion());
        out.flush();
        new DjlServer(new DataInputStream(new BufferedInputStream(System.in)), out).serve();
    }

    private void serve() throws IOException {
        for (int command = in.read(); command >= 0; command = in.read()) {
            String layer = in.readUTF();
            switch (command) {
                case PREPARE -> convolutions.put(layer, new Convolution(Layer.parse(layer)));
                case CALL -> out.writeLong(get(layer).nanos(in.readLong()));
                case OUTPUT -> write(get(layer).output());
                case CLOSE -> {
                    get(layer).close();
                    convolutions.remove(layer);
                }
                default -> throw new IOException("unknown command " + command);
            }
            out.flush();
        }
    }

    private Convolution get(String layer) throws IOException {
        Convolution convolution = convolutions.get(layer);
        if (convolution == null) {
            throw new IOException(layer + " was not prepared");
        }
        return convolution;
    }

    private void write(float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static final class Convolution implements AutoCloseable {
        private final NDManager manager = NDManager.newBaseManager();
        private final NDArray x;
        private final NDArray weight;
        private final NDArray bias;
        private final Shape stride;
        private final Shape padding;
        private final Shape dilation;
        private final int groups;

        Convolution(Layer layer) {
            this.x = array(layer.input());
            this.weight = array(layer.weight());
            this.bias = array(layer.bias());
            this.stride = new Shape(layer.stride(), layer.stride());
            this.padding = new Shape(layer.padding().rows(), layer.padding().columns());
            this.dilation = new Shape(layer.dilation(), layer.dilation());
            this.groups = layer.groups();
        }

        private NDArray array(Tensor values) {
            return manager.create(values.floats(), new Shape(Arrays.stream(values.shape()).asLongStream().toArray()));
        }

        private NDList conv() {
            return Conv2d.conv2d(x, weight, bias, stride, padding, dilation, groups);
        }

        long nanos(long calls) {
            long start = System.nanoTime();
            for (long i = 0; i < calls; i++) {
                conv().close();
            }
            return System.nanoTime() - start;
        }

        float[] output() {
            try (NDList y = conv()) {
                return y.singletonOrThrow().toFloatArray();
            }
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
