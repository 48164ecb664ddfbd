package dev.lanewise.bench.conv;

import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.PeakContestant;
import dev.lanewise.bench.report.Comparison;
import dev.lanewise.bench.report.Row;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Layers, one after the other: everybody's answer is checked, then everybody is timed. */
public final class ConvSuite {
    private final Workers workers;
    private final List<ConvPeer> peers;
    private final PairedRunner runner;
    private final @Nullable String algorithm;

    /**
     * A suite.
     *
     * @param algorithm Lanewise's algorithm, or null for its own choice
     */
    public ConvSuite(Workers workers, List<ConvPeer> peers, PairedRunner runner, @Nullable String algorithm) {
        this.workers = workers;
        this.peers = List.copyOf(peers);
        this.runner = runner;
        this.algorithm = algorithm;
    }

    /**
     * Measures a layer.
     *
     * @throws WrongAnswerException if a contestant computes something else
     */
    public Row measure(ConvLayer layer) {
        ConvProblem problem = ConvProblem.of(layer);
        ConvCheck check = new ConvCheck(problem);
        List<ConvContestant> contestants = new ArrayList<>();
        try {
            LanewiseConv ours = new LanewiseConv(problem, workers, algorithm);
            checked(check, ours);
            List<Comparison.Rival> rivals = new ArrayList<>();
            for (ConvPeer peer : peers) {
                ConvContestant contestant = peer.prepare(problem, workers.parallelism());
                contestants.add(contestant);
                checked(check, contestant);
                rivals.add(new Comparison.Rival(contestant, peer.nchw(), contestant.algorithm()));
            }
            return new Comparison(layer.name(), layer.group().name().toLowerCase(Locale.ROOT), ours, ours.algorithm(),
                    rivals, new PeakContestant(workers, DType.FLOAT32)).run(runner);
        } finally {
            contestants.forEach(ConvContestant::close);
        }
    }

    private static void checked(ConvCheck check, ConvContestant contestant) {
        contestant.call();
        check.check(contestant.name(), contestant.output());
    }
}
