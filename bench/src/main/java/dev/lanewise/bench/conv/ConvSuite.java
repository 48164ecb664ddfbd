package dev.lanewise.bench.conv;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.PeakContestant;
import dev.lanewise.bench.report.Comparison;
import dev.lanewise.bench.report.Row;
import dev.lanewise.bench.report.Suite;
import java.util.List;

/** Layers, one after the other: everybody's answer is checked, then everybody is timed. */
public final class ConvSuite implements Suite {
    private final List<Layer> layers;
    private final ConvContest contest;
    private final PairedRunner runner;

    /** A suite of these layers. */
    public ConvSuite(List<Layer> layers, ConvContest contest, PairedRunner runner) {
        this.layers = List.copyOf(layers);
        this.contest = contest;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "conv";
    }

    @Override
    public List<String> problems() {
        return layers.stream().map(Layer::toString).toList();
    }

    @Override
    public List<String> peers() {
        return contest.peers().stream().map(ConvPeer::name).toList();
    }

    @Override
    public List<String> describePeers() {
        return contest.describePeers();
    }

    @Override
    public Row measure(String problem) {
        Layer layer = Layer.parse(problem);
        try (ConvField field = contest.enter(layer)) {
            PeakContestant peak = contest.peak();
            List<Comparison.Rival> rivals = contest.peers().stream()
                    .map(peer -> new Comparison.Rival(field.of(peer), peer.nchw(), field.of(peer).algorithm()))
                    .toList();
            return new Comparison(problem, ConvGroup.of(layer).label(), field.bytes(), field.lanewise(),
                    field.lanewise().algorithm(), rivals, peak).run(runner);
        }
    }
}
