package dev.lanewise.bench.gemm;

import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.PeakContestant;
import dev.lanewise.bench.report.Comparison;
import dev.lanewise.bench.report.Row;
import dev.lanewise.bench.report.Suite;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** Matrix products, one after the other: everybody's answer is checked, then everybody is timed. */
public final class GemmSuite implements Suite {
    private final Workers workers;
    private final DType dtype;
    private final List<GemmPeer> peers;
    private final PairedRunner runner;
    private final PeakContestant peak;

    /** A suite in float32 or float64. */
    public GemmSuite(Workers workers, DType dtype, List<GemmPeer> peers, PairedRunner runner) {
        this.workers = workers;
        this.dtype = dtype;
        this.peers = List.copyOf(peers);
        this.runner = runner;
        this.peak = new PeakContestant(workers, dtype);
    }

    @Override
    public String name() {
        return dtype == DType.FLOAT64 ? "gemm-float64" : "gemm";
    }

    @Override
    public List<String> problems() {
        return GemmSize.ALL.stream().map(GemmSize::toString).toList();
    }

    @Override
    public List<String> peers() {
        return peers.stream().map(GemmPeer::name).toList();
    }

    @Override
    public List<String> describePeers() {
        return peers.stream().map(peer -> peer.name() + ": " + peer.describe()).toList();
    }

    @Override
    public Row measure(String name) {
        GemmSize size = GemmSize.parse(name);
        GemmProblem problem = GemmProblem.of(size, dtype);
        GemmCheck check = new GemmCheck(problem);
        List<GemmContestant> contestants = new ArrayList<>();
        try {
            LanewiseGemm ours = new LanewiseGemm(problem, workers);
            checkAnswer(check, ours);
            for (GemmPeer peer : peers) {
                if (peer.supports(problem, workers.parallelism())) {
                    contestants.add(peer.prepare(problem, workers.parallelism()));
                    checkAnswer(check, contestants.getLast());
                }
            }
            List<Comparison.Rival> rivals = contestants.stream()
                    .map(contestant -> new Comparison.Rival(contestant, true, "")).toList();
            return new Comparison(name, size.group(), problem.bytes(), ours, "", rivals, peak).run(runner);
        } finally {
            contestants.forEach(GemmContestant::close);
        }
    }

    private static void checkAnswer(GemmCheck check, GemmContestant contestant) {
        contestant.call();
        check.check(contestant.name(), contestant.output());
    }
}
