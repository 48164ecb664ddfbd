package dev.lanewise.bench.report;

import dev.lanewise.bench.paired.Rounds.Ratio;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lanewise on one problem, and the peers beside it.
 *
 * @param name the problem's sizes
 * @param group what it is averaged with
 * @param flops floating-point operations of a call
 * @param bytes what a call has to read and write at least
 * @param gflops the median of the rounds' speeds, in GFLOP/s
 * @param peakGflops what the cores did at most meanwhile, in GFLOP/s
 * @param fractionOfPeak the median of the rounds' shares
 * @param algorithm what Lanewise chose
 * @param peers in the order of the columns
 * @param otherPrograms how many processors other programs kept busy meanwhile
 */
public record Row(String name, String group, double flops, double bytes, double gflops, double peakGflops,
        Ratio fractionOfPeak, String algorithm, List<Peer> peers, double otherPrograms) {

    /** Copies the list. */
    public Row {
        peers = List.copyOf(peers);
    }

    /**
     * A peer on that problem.
     *
     * @param name its column
     * @param sameJob whether it starts and ends with the same layout of memory
     * @param gflops the median of the rounds' speeds, in GFLOP/s
     * @param ratio how many times as fast Lanewise is
     * @param algorithm what the peer chose, in its own words
     * @param processors how many processors it kept busy in its turns
     */
    public record Peer(String name, boolean sameJob, double gflops, Ratio ratio, String algorithm, double processors) {
    }

    /** The largest spread, of the share of the peak and of all ratios. */
    public double widestSpread() {
        return peers.stream().mapToDouble(peer -> peer.ratio.spread()).reduce(fractionOfPeak.spread(), Math::max);
    }

    /** Floating-point operations per byte that has to be moved. */
    public double intensity() {
        return flops / bytes;
    }

    /** The fastest peer that does the same job. */
    public Optional<Peer> best() {
        return peers.stream().filter(Peer::sameJob).min(Comparator.comparingDouble(peer -> peer.ratio.median()));
    }

    /** The peer of a name. */
    public Optional<Peer> peer(String peer) {
        return peers.stream().filter(each -> each.name.equals(peer)).findFirst();
    }
}
