package dev.lanewise.bench.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A JVM of its own in which DJL runs: its libtorch and the one of {@link PyTorchConv} cannot be in the same process. It ends with
 * this JVM, when its standard input does.
 */
final class DjlProcess {
    private final int threads;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final String version;

    /** Starts it. */
    DjlProcess(int threads) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(threads))
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
            builder.environment().put("OPT_OUT_TRACKING", "true"); // DJL tells its makers of each start
            Process process = builder.start();
            this.threads = threads;
            this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
            this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            this.version = in.readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException("DJL's process did not start", e);
        }
    }

    private static List<String> command(int threads) {
        return List.of(ProcessHandle.current().info().command().orElse("java"), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Dai.djl.offline=true", "-Dai.djl.default_engine=PyTorch",
                "-Dai.djl.pytorch.num_threads=" + threads, "-Dai.djl.pytorch.num_interop_threads=1", "-cp",
                System.getProperty("java.class.path"), DjlServer.class.getName());
    }

    /** How many threads a convolution there has. */
    int threads() {
        return threads;
    }

    /** The versions of DJL and of its engine. */
    String version() {
        return version;
    }

    /** Makes a layer ready, with the data that all contestants have. */
    void prepare(String layer) {
        ask(DjlServer.PREPARE, layer, () -> 0);
    }

    /** How long so many calls take there, in nanoseconds. */
    long nanos(String layer, long calls) {
        return ask(DjlServer.CALL, layer, () -> {
            out.writeLong(calls);
            out.flush();
            return in.readLong();
        });
    }

    /** What a call computes. */
    float[] output(String layer) {
        return ask(DjlServer.OUTPUT, layer, () -> {
            out.flush();
            float[] values = new float[in.readInt()];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readFloat();
            }
            return values;
        });
    }

    /** Gives the layer's memory back. */
    void close(String layer) {
        ask(DjlServer.CLOSE, layer, () -> 0);
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T ask(int command, String layer, Exchange<T> exchange) {
        try {
            out.writeByte(command);
            out.writeUTF(layer);
            T answer = exchange.run();
            out.flush();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("DJL's process ended in layer " + layer, e);
        }
    }
}
