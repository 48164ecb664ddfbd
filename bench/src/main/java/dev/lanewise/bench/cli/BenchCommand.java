package dev.lanewise.bench.cli;

import dev.lanewise.bench.conv.ConvLayer;
import dev.lanewise.bench.conv.ConvLayers;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvSuite;
import dev.lanewise.bench.conv.WrongAnswerException;
import dev.lanewise.bench.io.Failure;
import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.Timing;
import dev.lanewise.bench.report.Row;
import dev.lanewise.bench.report.TextTable;
import dev.lanewise.core.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise bench}. */
@Command(name = "bench", description = "Measure the speed per layer, as a share of the processor's FMA peak and against native libraries, paired round by round.", sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "SUITE", defaultValue = "conv", description = "conv (default)")
    private String suite = "conv";

    @Option(names = "--threads", paramLabel = "T", defaultValue = "1", description = "threads of each contestant; default 1")
    private int threads = 1;

    @Option(names = "--against", split = ",", paramLabel = "PEER", description = "native libraries to compare with, or all; the first time they are downloaded")
    private List<String> against = new ArrayList<>();

    @Option(names = "--filter", paramLabel = "TEXT", defaultValue = "", description = "only layers whose name contains this")
    private String filter = "";

    @Option(names = "--layer", paramLabel = "N,Cin,H,W,Cout,K,S,P,D,G", description = "this layer instead of the suite's; may be repeated")
    private List<String> layers = new ArrayList<>();

    @Option(names = "--algorithm", paramLabel = "NAME", description = "one of Lanewise's algorithms (see info) instead of its own choice")
    private @Nullable String algorithm;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "15", description = "how often each contestant has its turn; default 15")
    private int rounds = 15;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!suite.equals("conv")) {
            throw new IllegalArgumentException("unknown suite '" + suite + "', expected conv");
        }
        List<ConvLayer> chosen = layers();
        List<ConvPeer> peers = Peers.select(ServiceLoader.load(ConvPeer.class), ConvPeer::name, against);
        try (Workers workers = Workers.threads(threads)) {
            ConvSuite conv = new ConvSuite(workers, peers, new PairedRunner(Timing.of(rounds, threads)), algorithm);
            TextTable table = new TextTable(Console.out(spec), peers.stream().map(ConvPeer::name).toList());
            List<Row> rows = new ArrayList<>();
            for (ConvLayer layer : chosen) {
                rows.add(conv.measure(layer));
                table.row(rows.getLast());
            }
            table.means(rows);
            return ExitCode.OK;
        } catch (WrongAnswerException e) {
            Console.err(spec).println("lanewise: " + Failure.describe(e));
            return ExitCode.SOFTWARE;
        }
    }

    private List<ConvLayer> layers() {
        List<ConvLayer> all = layers.isEmpty() ? ConvLayers.all() : layers.stream().map(ConvLayer::parse).toList();
        List<ConvLayer> matching = all.stream().filter(layer -> layer.name().contains(filter)).toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("no layer's name contains '" + filter + "'");
        }
        return matching;
    }
}
