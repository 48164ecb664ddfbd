package dev.lanewise.bench.conv;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.bench.paired.PeakContestant;
import dev.lanewise.core.parallel.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part.
 *
 * @param workers the threads of each
 * @param peers the libraries that Lanewise is compared with
 * @param peak what as many threads can do at most
 * @param algorithm Lanewise's algorithm, or null for its own choice
 */
public record ConvContest(Workers workers, List<ConvPeer> peers, PeakContestant peak,
        @Nullable String algorithm) {
    /** Copies the list. */
    public ConvContest {
        peers = List.copyOf(peers);
    }

    /** Makes everybody ready for a layer, and checks everybody's answer. */
    ConvField enter(Layer layer) {
        return new ConvField(ConvProblem.of(layer), this);
    }

    /** The peers with their versions and what is counted. */
    List<String> describePeers() {
        return peers.stream().map(peer -> peer.name() + ": " + peer.describe()).toList();
    }
}
