package dev.lanewise.bench.cli;

import dev.lanewise.bench.conv.ConvContest;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvSuite;
import dev.lanewise.bench.conv.NetworkSuite;
import dev.lanewise.bench.gemm.GemmPeer;
import dev.lanewise.bench.gemm.GemmSuite;
import dev.lanewise.bench.gemm.GemmSweep;
import dev.lanewise.bench.gemm.SweepReport;
import dev.lanewise.bench.io.Failure;
import dev.lanewise.bench.layers.Layer;
import dev.lanewise.bench.layers.LayerList;
import dev.lanewise.bench.paired.Bandwidth;
import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.PeakContestant;
import dev.lanewise.bench.paired.Timing;
import dev.lanewise.bench.report.Machine;
import dev.lanewise.bench.report.ReportFolder;
import dev.lanewise.bench.report.Row;
import dev.lanewise.bench.report.Suite;
import dev.lanewise.bench.report.Summary;
import dev.lanewise.bench.report.TextTable;
import dev.lanewise.bench.report.WrongAnswerException;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
@Command(name = "bench", description = "Measure the speed per layer, as a share of the processor's FMA peak and against native libraries, paired round by round.", sortOptions = false, subcommands = ColdStartCommand.class)
public final class BenchCommand implements Callable<Integer> {
    private static final String CONV = "conv";
    private static final String SWEEP = "gemm-sweep";
    /** So many processors for other programs disturb a measurement. */
    private static final double BUSY = 0.2;
    /** A contestant that keeps so many more processors busy than it has threads does not keep to them. */
    private static final double TOO_MANY = 0.3;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SUITE", defaultValue = CONV, description = "conv (default): single layers; networks: all convolutions of a network; gemm: matrix products; gemm-sweep: all sizes of an axis from 1 to 300")
    private String suite = CONV;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "1", description = "threads of each contestant; default 1")
    private int threads = 1;

    @Option(names = "--against", split = ",", paramLabel = "PEER", description = "native libraries to compare with, or all; they are downloaded the first time")
    private List<String> against = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "a folder for summary.json, summary.md and charts")
    private @Nullable Path folder;

    @Option(names = "--filter", paramLabel = "TEXT", defaultValue = "", description = "only problems whose name contains this")
    private String filter = "";

    @Option(names = "--layer", paramLabel = "N,Cin,H,W,Cout,k,stride,pad,dilation,groups", description = "conv: this layer instead of the suite's; may be repeated")
    private List<String> layers = new ArrayList<>();

    @Option(names = "--algorithm", paramLabel = "NAME", description = "conv: one of Lanewise's algorithms (see info) instead of its own choice")
    private @Nullable String algorithm;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "float32", description = "gemm: float32 (default) or float64")
    private String type = "float32";

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "15", description = "how often each contestant has its turn; default 15")
    private int rounds = 15;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        VectorCode.atOnce();
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds=" + rounds + ": expected at least 1");
        }
        try (Workers workers = Workers.threads(threads)) {
            if (suite.equals(SWEEP)) {
                sweep(workers);
                return ExitCode.OK;
            }
            Suite chosen = suite(workers);
            List<String> problems = chosen.problems().stream().filter(name -> name.contains(filter)).toList();
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("no problem of the suite '" + suite + "' contains '" + filter + "'");
            }
            ReportFolder report = folder == null ? null : new ReportFolder(folder);
            List<Row> rows = measure(chosen, problems);
            if (report != null) {
                report.write(new Summary(chosen.name(), threads, rounds, Machine.here(), Bandwidth.measure(workers),
                        chosen.describePeers(), rows));
            }
            return ExitCode.OK;
        } catch (WrongAnswerException e) {
            Console.err(spec).println("lanewise: " + Failure.describe(e));
            return ExitCode.SOFTWARE;
        }
    }

    private void sweep(Workers workers) throws IOException {
        ReportFolder report = folder == null ? null : new ReportFolder(folder);
        GemmSweep sweep = new GemmSweep(workers, dtype(), rounds);
        List<GemmSweep.Curve> curves = new ArrayList<>();
        for (GemmSweep.Axis axis : GemmSweep.Axis.values()) {
            curves.add(sweep.measure(axis));
            Console.out(spec).println(SweepReport.line(curves.getLast()));
        }
        if (report != null) {
            SweepReport.write(report, "C [m, n] = A [m, k] * B [k, n], " + type + ", " + Machine.here().cpu(), curves);
        }
    }

    private List<Row> measure(Suite chosen, List<String> problems) {
        PrintWriter out = Console.out(spec);
        chosen.describePeers().forEach(out::println);
        TextTable table = new TextTable(out, chosen.peers());
        List<Row> rows = new ArrayList<>();
        for (String problem : problems) {
            rows.add(chosen.measure(problem));
            table.row(rows.getLast());
        }
        table.means(rows);
        warn(rows);
        return rows;
    }

    private void warn(List<Row> rows) {
        PrintWriter err = Console.err(spec);
        double others = rows.stream().mapToDouble(Row::otherPrograms).max().orElse(0);
        if (others > BUSY) {
            err.printf(Locale.ROOT,
                    "lanewise: other programs kept up to %.1f processors busy meanwhile; do not rely on these figures%n",
                    others);
        }
        for (Row row : rows) {
            row.peers().stream().filter(peer -> peer.processors() > threads + TOO_MANY)
                    .forEach(peer -> err.printf(Locale.ROOT,
                            "lanewise: %s kept %.1f processors busy on %s, with --threads %d%n",
                            peer.name(), peer.processors(), row.name(), threads));
        }
    }

    private Suite suite(Workers workers) throws IOException {
        Timing timing = Timing.of(rounds, threads);
        PairedRunner runner = new PairedRunner(timing);
        return switch (suite) {
            case CONV -> new ConvSuite(layers(), contest(workers), runner);
            case "networks" -> new NetworkSuite(contest(workers), new PairedRunner(timing.forNetworks()));
            case "gemm" -> new GemmSuite(workers, dtype(),
                    Peers.select(ServiceLoader.load(GemmPeer.class), GemmPeer::name, against), runner);
            default ->
                throw new IllegalArgumentException(
                        "unknown suite '" + suite + "', expected conv, networks, gemm or gemm-sweep");
        };
    }

    private ConvContest contest(Workers workers) {
        return new ConvContest(workers, Peers.select(ServiceLoader.load(ConvPeer.class), ConvPeer::name, against),
                new PeakContestant(workers, DType.FLOAT32), algorithm);
    }

    private DType dtype() {
        return switch (type) {
            case "float32" -> DType.FLOAT32;
            case "float64" -> DType.FLOAT64;
            default -> throw new IllegalArgumentException("--type=" + type + ": expected float32 or float64");
        };
    }

    private List<Layer> layers() throws IOException {
        return layers.isEmpty()
                ? LayerList.of(LayerList.KINDS).entries().stream().map(LayerList.Entry::layer).toList()
                : layers.stream().map(Layer::parse).toList();
    }
}
