package dev.lanewise.bench.conv;

import dev.lanewise.bench.layers.LayerList;
import dev.lanewise.bench.paired.Contestant;
import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.report.Comparison;
import dev.lanewise.bench.report.Row;
import dev.lanewise.bench.report.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** All convolutions of a network, each as often as the network has it, one after the other. */
public final class NetworkSuite implements Suite {
    private final ConvContest contest;
    private final PairedRunner runner;

    /** A suite of all networks. */
    public NetworkSuite(ConvContest contest, PairedRunner runner) {
        this.contest = contest;
        this.runner = runner;
    }

    @Override
    public String name() {
        return "networks";
    }

    @Override
    public List<String> problems() {
        return LayerList.NAMES;
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
        List<LayerList.Entry> entries = entries(problem);
        List<ConvField> fields = new ArrayList<>();
        try {
            for (LayerList.Entry entry : entries) {
                fields.add(contest.enter(entry.layer()));
            }
            List<Comparison.Rival> rivals = new ArrayList<>();
            for (ConvPeer peer : contest.peers()) {
                List<ConvContestant> layers = fields.stream().map(field -> field.of(peer)).toList();
                rivals.add(new Comparison.Rival(sequence(peer.name(), entries, layers), peer.nchw(), ""));
            }
            List<LanewiseConv> layers = fields.stream().map(ConvField::lanewise).toList();
            double bytes = 0;
            for (int i = 0; i < entries.size(); i++) {
                bytes += entries.get(i).times() * fields.get(i).bytes();
            }
            return new Comparison(problem, "network", bytes, sequence("lanewise", entries, layers), "", rivals,
                    contest.peak()).run(runner);
        } finally {
            fields.forEach(ConvField::close);
        }
    }

    private static List<LayerList.Entry> entries(String network) {
        try {
            return LayerList.of(network).entries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Repeats do not follow one another directly: their weights would be in the cache, as they never are in a network. */
    private static Contestant sequence(String name, List<LayerList.Entry> entries,
            List<? extends ConvContestant> layers) {
        List<Contestant> order = new ArrayList<>();
        int passes = entries.stream().mapToInt(LayerList.Entry::times).max().orElse(0);
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < layers.size(); i++) {
                if (pass < entries.get(i).times()) {
                    order.add(layers.get(i));
                }
            }
        }
        return new Sequence(name, order);
    }

    private static final class Sequence implements Contestant {
        private final String name;
        private final Contestant[] order;
        private final double flops;
        private final boolean compiledByJvm;

        Sequence(String name, List<Contestant> order) {
            this.name = name;
            this.order = order.toArray(Contestant[]::new);
            this.flops = order.stream().mapToDouble(Contestant::flops).sum();
            this.compiledByJvm = order.stream().anyMatch(Contestant::compiledByJvm);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double flops() {
            return flops;
        }

        @Override
        public void call() {
            for (Contestant each : order) {
                each.call();
            }
        }

        @Override
        public boolean compiledByJvm() {
            return compiledByJvm;
        }
    }
}
