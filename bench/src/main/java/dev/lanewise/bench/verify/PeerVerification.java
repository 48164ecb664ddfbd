package dev.lanewise.bench.verify;

import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds native libraries to the contract of those who sum in an order of their own, one kind of values after the other: what a library makes
 * of infinities says nothing about ordinary numbers.
 */
public final class PeerVerification {
    private static final List<ValueKind> KINDS = List.of(ValueKind.ORDINARY, ValueKind.TINY, ValueKind.HOSTILE,
            ValueKind.HOSTILE_BORDER);

    private final int tries;
    private final long seed;
    private final List<DType> dtypes;
    private final @Nullable Conv2dCase only;
    private final Path folder;
    private final PrintWriter out;

    /**
     * Makes ready.
     *
     * @param tries random convolutions of each kind
     * @param seed the same seed draws the same convolutions
     * @param dtypes the types to try, as far as a library computes in them
     * @param only the one convolution to try instead, or null
     * @param folder where the tensors of failures go
     */
    public PeerVerification(int tries, long seed, List<DType> dtypes, @Nullable Conv2dCase only, Path folder,
            PrintWriter out) {
        this.tries = tries;
        this.seed = seed;
        this.dtypes = List.copyOf(dtypes);
        this.only = only;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Verifies one library and prints what came out.
     *
     * @return whether all properties hold
     * @throws IOException if the tensors of a failure cannot be written
     */
    public boolean verify(ConvPeer peer) throws IOException {
        PeerProvider provider = new PeerProvider(peer);
        List<DType> both = dtypes.stream().filter(provider::supports).toList();
        if (both.isEmpty()) {
            out.printf("%s computes none of these: it has no way to say %s%n%n", peer.name(),
                    provider.lacksEverything(dtypes.getFirst()));
            return true;
        }
        Subject subject = new Subject(Strength.ERROR_BOUND, provider, null, both);
        out.println(subject + ", within the error bound of any order of sums");
        out.println(peer.describe());
        boolean holds = true;
        for (ValueKind kind : only == null ? KINDS : List.of(ValueKind.ANY)) {
            ContractRun run = new ContractRun(subject, tries, seed, kind, only);
            Optional<Counterexample> failed = run.execute();
            holds &= failed.isEmpty();
            out.printf(Locale.ROOT, "  %-28s %s%n", kind.label(), failed.isEmpty()
                    ? String.format(Locale.ROOT, "every property holds: %,d tries, %.1f s", run.done(), run.seconds())
                    : String.format(Locale.ROOT, "does not hold, after %,d tries that did", run.done()));
            failed.ifPresent(counterexample -> describe(peer, kind, counterexample).forEach(out::println));
            if (failed.isPresent() && failed.get().conv2d() != null) {
                new Reproduction(subject, failed.get().conv2d(), folder(peer, kind)).write();
            }
            printRefused(run.refused());
            out.flush(); // a library may take the whole process with it
        }
        out.println();
        return holds;
    }

    private void printRefused(Map<String, Integer> refused) {
        refused.forEach(
                (what, count) -> out.printf(Locale.ROOT, "    skipped, for it has no way to say %s: %,d%n", what,
                        count));
    }

    private List<String> describe(ConvPeer peer, ValueKind kind, Counterexample failed) {
        Stream<String> reason = Stream.of("    " + failed.property(),
                failed.reason().indent(4).stripTrailing());
        return failed.conv2d() == null
                ? reason.toList()
                : Stream.concat(reason, Stream.of("    its tensors are in " + folder(peer, kind) + "; again:",
                        "    ./lanewise verify --against=" + peer.name() + " --case '" + failed.conv2d() + "'"))
                        .toList();
    }

    private Path folder(ConvPeer peer, ValueKind kind) {
        return folder.resolve(peer.name() + "-" + kind.name().toLowerCase(Locale.ROOT));
    }
}
