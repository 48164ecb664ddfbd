package dev.lanewise.bench.report;

import dev.lanewise.bench.paired.Contestant;
import dev.lanewise.bench.paired.OtherPrograms;
import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.Rounds;
import java.util.ArrayList;
import java.util.List;

/**
 * Lanewise, the peers and the peak on one problem.
 *
 * @param name the problem's sizes
 * @param group what it is averaged with
 * @param bytes what a call has to read and write at least
 * @param ours Lanewise
 * @param algorithm what Lanewise chose
 * @param rivals the peers
 * @param peak what the cores can do at most
 */
public record Comparison(String name, String group, double bytes, Contestant ours, String algorithm,
        List<Rival> rivals, Contestant peak) {
    private static final double DISTURBED = 0.1;
    private static final int ATTEMPTS = 3;

    /**
     * A peer, ready to run.
     *
     * @param contestant it
     * @param sameJob whether it starts and ends with the same layout of memory
     * @param algorithm what it chose
     */
    public record Rival(Contestant contestant, boolean sameJob, String algorithm) {
    }

    /** Copies the list. */
    public Comparison {
        rivals = List.copyOf(rivals);
    }

    /**
     * Runs the rounds, again where they were disturbed: a row with a spread above 10 % is measured up to
     * three times, and the one with the smallest spreads is kept, whatever its ratios are.
     */
    public Row run(PairedRunner runner) {
        Row best = attempt(runner);
        for (int i = 1; i < ATTEMPTS && best.widestSpread() > DISTURBED; i++) {
            Row again = attempt(runner);
            best = again.widestSpread() < best.widestSpread() ? again : best;
        }
        return best;
    }

    private Row attempt(PairedRunner runner) {
        List<Contestant> all = new ArrayList<>(List.of(ours, peak));
        rivals.forEach(rival -> all.add(rival.contestant));
        OtherPrograms others = new OtherPrograms();
        Rounds rounds = runner.run(all);
        List<Row.Peer> peers = rivals.stream()
                .map(rival -> new Row.Peer(rival.contestant.name(), rival.sameJob, rounds.gflops(rival.contestant),
                        rounds.ratio(ours, rival.contestant), rival.algorithm,
                        rounds.processors(rival.contestant)))
                .toList();
        return new Row(name, group, ours.flops(), bytes, rounds.gflops(ours), rounds.gflops(peak),
                rounds.share(ours, peak), algorithm, peers, others.processors());
    }
}
