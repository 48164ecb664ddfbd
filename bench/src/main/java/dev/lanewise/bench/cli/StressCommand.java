package dev.lanewise.bench.cli;

import dev.lanewise.bench.io.Progress;
import dev.lanewise.bench.verify.Counterexample;
import dev.lanewise.bench.verify.Stress;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.DType;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise stress}. */
@Command(name = "stress", description = "Run plans from many threads at once, with executors of all kinds, and compare every result with the reference, bit by bit.", sortOptions = false)
public final class StressCommand implements Callable<Integer> {
    private static final int MOST_SEEDS = 1_000_000_000;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "10", description = "how long; default 10, fractions are possible")
    private double minutes = 10;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "4", description = "how many run each plan at the same time; default 4")
    private int threads = 4;

    @Option(names = "--seed", paramLabel = "S", description = "draws the same convolutions again; default: others each time")
    private @Nullable Long seed;

    @Option(names = "--provider", paramLabel = "NAME", defaultValue = "auto", description = "auto (default), simd, reference, or another on the class path")
    private String provider = "auto";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!(minutes > 0) || threads < 1) {
            throw new IllegalArgumentException("expected --minutes above 0 and --threads of at least 1, but got "
                    + minutes + " and " + threads);
        }
        long drawn = seed == null ? ThreadLocalRandom.current().nextLong(MOST_SEEDS) : seed;
        Conv2dProvider named = Conv2dProviders.byName(provider);
        List<DType> dtypes = Stream.of(DType.FLOAT32, DType.FLOAT64).filter(named::supports).toList();
        Stress stress = new Stress(named, dtypes, threads, drawn);
        PrintWriter out = Console.out(spec);
        out.printf(Locale.ROOT, "running plans of %s by %d threads at once for %s minutes, seed %d%n%s%n", named.name(),
                threads, minutes, drawn, named.describe());
        long nanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
        Counterexample failed;
        try (Progress bar = Progress.show("stress", TimeUnit.NANOSECONDS.toSeconds(nanos))) {
            failed = stress.run(nanos, past -> bar.stepTo(TimeUnit.NANOSECONDS.toSeconds(past)));
        }
        if (failed == null) {
            out.printf(Locale.ROOT, "every result has the reference's bits: %,d runs of %,d plans%n", stress.runs(),
                    stress.rounds());
            return ExitCode.OK;
        }
        Console.err(spec).println("lanewise: a result is wrong among several at once");
        out.printf("%s%n%s%n", failed.reason(), failed.conv2d());
        return ExitCode.SOFTWARE;
    }
}
