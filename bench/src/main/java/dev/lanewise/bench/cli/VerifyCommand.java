package dev.lanewise.bench.cli;

import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.layers.Layer;
import dev.lanewise.bench.layers.LayerList;
import dev.lanewise.bench.verify.BitTable;
import dev.lanewise.bench.verify.ContractRun;
import dev.lanewise.bench.verify.Counterexample;
import dev.lanewise.bench.verify.Coverage;
import dev.lanewise.bench.verify.PeerProvider;
import dev.lanewise.bench.verify.PeerVerification;
import dev.lanewise.bench.verify.Reproduction;
import dev.lanewise.bench.verify.Strength;
import dev.lanewise.bench.verify.Subject;
import dev.lanewise.bench.verify.ValueKind;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise verify}. */
@Command(name = "verify", description = "Hold a provider to the contract, over random convolutions: its bits are the reference's, whatever the shape, the arguments, the memory layout, the values and the threads.", sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
    private static final String AUTO = "auto";
    private static final String ALL = "all";
    private static final List<DType> FLOATING_POINT = List.of(DType.FLOAT32, DType.FLOAT64);
    private static final int MOST_SEEDS = 1_000_000_000;

    @Option(names = "--tries", paramLabel = "N", defaultValue = "1000", description = "random convolutions that are compared with the reference; default 1000. Each other property tries a quarter as many")
    private int tries = 1000;

    @Option(names = "--seed", paramLabel = "S", description = "repeats the run that printed this seed; default: another one each time")
    private @Nullable Long seed;

    @Option(names = "--provider", paramLabel = "NAME", defaultValue = AUTO, description = "auto (default), simd, reference, or another on the class path")
    private String provider = AUTO;

    @Option(names = "--algorithm", paramLabel = "NAME", description = "one of the provider's algorithms (see info) instead of its own choice, or all: its choice and each algorithm in turn")
    private @Nullable String algorithm;

    @Option(names = "--layout", paramLabel = "L", defaultValue = "nchw", description = "nchw (default) or nhwc: what plans are made for; the tensors lie in memory as they like")
    private String layout = "nchw";

    @Option(names = "--type", paramLabel = "TYPE", description = "float32 or float64; default: both")
    private @Nullable String type;

    @Option(names = "--case", paramLabel = "CASE", description = "this one convolution instead of random ones: a line that an earlier run printed")
    private @Nullable String only;

    @Option(names = "--against", split = ",", paramLabel = "PEER", description = "native libraries instead of a provider, or all: each within the error bound, and a table of where its bits change; downloaded the first time")
    private List<String> against = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "lanewise-counterexample", description = "where the .npy files of a failure go; default lanewise-counterexample")
    private Path folder = Path.of("lanewise-counterexample");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        VectorCode.atOnce();
        if (tries < 1) {
            throw new IllegalArgumentException("--tries=" + tries + ": expected at least 1");
        }
        long drawn = seed == null ? ThreadLocalRandom.current().nextLong(MOST_SEEDS) : seed;
        Conv2dCase conv2d = only == null ? null : Conv2dCase.parse(only);
        if (!against.isEmpty()) {
            return verifyPeers(drawn, conv2d);
        }
        PrintWriter out = Console.out(spec);
        Coverage coverage = new Coverage();
        for (Subject subject : subjects(conv2d)) {
            out.println("verifying " + subject + ", "
                    + (conv2d == null ? tries + " tries, seed " + drawn : "one case"));
            out.println(subject.provider().describe());
            ContractRun run = new ContractRun(subject, tries, drawn, ValueKind.ANY, conv2d);
            Optional<Counterexample> counterexample = run.execute();
            if (counterexample.isPresent()) {
                fail(subject, counterexample.get(), run.done(), drawn);
                return ExitCode.SOFTWARE;
            }
            out.printf(Locale.ROOT, "every property holds: %,d tries, %,d elements compared bit by bit, %.1f s%n%n",
                    run.done(), run.compared(), run.seconds());
            coverage.add(run.coverage());
        }
        coverage.print(out);
        return ExitCode.OK;
    }

    /** What is asked for: a provider's choice, one of its algorithms, or its choice and each of them. */
    private List<Subject> subjects(@Nullable Conv2dCase conv2d) {
        Conv2dProvider named = Conv2dProviders.byName(provider);
        List<DType> dtypes = conv2d == null && type == null
                ? FLOATING_POINT.stream().filter(named::supports).toList()
                : dtypes(conv2d);
        ImageLayout made = ImageLayout.parse(layout);
        if (!ALL.equals(algorithm)) {
            return List.of(new Subject(Strength.BITWISE, named, algorithm, dtypes, made));
        }
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(Strength.BITWISE, named, null, dtypes, made));
        named.algorithms().forEach(each -> subjects.add(new Subject(Strength.BITWISE, named, each, dtypes, made)));
        return subjects;
    }

    private List<DType> dtypes(@Nullable Conv2dCase conv2d) {
        return conv2d != null ? List.of(conv2d.dtype()) : type == null ? FLOATING_POINT : List.of(parse(type));
    }

    private int verifyPeers(long drawn, @Nullable Conv2dCase conv2d) throws IOException {
        if (!provider.equals(AUTO) || algorithm != null) {
            throw new IllegalArgumentException(
                    "--against verifies native libraries, so it goes with neither --provider nor --algorithm");
        }
        PrintWriter out = Console.out(spec);
        List<ConvPeer> peers = Peers.select(ServiceLoader.load(ConvPeer.class), ConvPeer::name, against);
        out.println("verifying native libraries, " + (conv2d == null ? tries + " tries, seed " + drawn : "one case"));
        PeerVerification verification = new PeerVerification(tries, drawn, dtypes(conv2d), conv2d, folder, out);
        boolean hold = true;
        for (ConvPeer peer : peers) {
            hold &= verification.verify(peer);
        }
        if (conv2d == null) {
            List<Conv2dProvider> all = new ArrayList<>(List.of(Conv2dProviders.byName("simd")));
            peers.stream().map(PeerProvider::new).filter(peer -> peer.supports(DType.FLOAT32)).forEach(all::add);
            new BitTable(layers()).print(all, out);
        }
        return hold ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** One of each kind, and those of networks of which the reference computes a few a second. */
    private static List<Layer> layers() throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (String list : List.of(LayerList.KINDS, "resnet50", "mobilenetv2", "shufflenetv2")) {
            LayerList.of(list).entries().forEach(entry -> layers.add(entry.layer()));
        }
        return layers;
    }

    private static DType parse(String type) {
        return switch (type) {
            case "float32" -> DType.FLOAT32;
            case "float64" -> DType.FLOAT64;
            default -> throw new IllegalArgumentException("--type=" + type + ": expected float32 or float64");
        };
    }

    private void fail(Subject subject, Counterexample failed, int held, long drawn) throws IOException {
        PrintWriter out = Console.out(spec);
        Console.err(spec).println("lanewise: the property " + failed.property() + " does not hold");
        out.printf(Locale.ROOT, "%s does not hold, after %,d tries that did (seed %d):%n%s%n", failed.property(), held,
                drawn, failed.reason().indent(2).stripTrailing());
        if (failed.conv2d() == null) {
            return;
        }
        Reproduction reproduction = new Reproduction(subject, failed.conv2d(), folder);
        reproduction.write();
        Optional<List<String>> command = reproduction.command();
        out.println();
        command.ifPresentOrElse(
                words -> out.printf("the smallest convolution found that shows it, its arguments in %s:%n%s%n%n",
                        folder,
                        commandLine(words)),
                () -> out.printf("a single run on contiguous copies is right; its arguments are in %s%n%n", folder));
        out.println("the same in all properties, with its memory layout and threads:");
        out.println(commandLine(replay(subject, failed.conv2d())));
    }

    private static List<String> replay(Subject subject, Conv2dCase conv2d) {
        Stream<String> words = Stream.of("verify", "--provider=" + subject.provider().name());
        Stream<String> forced = Stream.ofNullable(subject.algorithm()).map(name -> "--algorithm=" + name);
        Stream<String> layout = Stream.of(subject.layout()).filter(made -> made != ImageLayout.NCHW)
                .map(made -> "--layout=" + made.label());
        return Stream.of(words, forced, layout, Stream.of("--case", conv2d.toString())).flatMap(part -> part).toList();
    }

    /** Words as a shell takes them. */
    private static String commandLine(List<String> words) {
        return "./lanewise " + words.stream()
                .map(word -> word.matches("[\\w.,=/:+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
