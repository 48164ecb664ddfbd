package dev.lanewise.bench.fuzz;

import dev.lanewise.bench.net.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The description of a network: read, with all that it names to be had; or refused. */
public final class NetworkFuzz {
    /** Enough for the networks of the corpus. */
    private static final byte[] WEIGHTS = new byte[1 << 10];

    private static final long BUFFERS = 1 << 18;

    private NetworkFuzz() {
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] json) {
        AllocationBound.check(BUFFERS, json.length + WEIGHTS.length, () -> {
            try {
                use(Network.read(new ByteArrayInputStream(json), new ByteArrayInputStream(WEIGHTS)));
            } catch (IllegalArgumentException refused) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void use(Network network) {
        int sum = network.input().length() + network.inputShape().length + network.outputs().size();
        sum += network.nodes().stream().mapToInt(node -> node.inputs().size() + node.toString().length()).sum();
        if (sum < 0) {
            throw new AssertionError("overflow");
        }
    }
}
