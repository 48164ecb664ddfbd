package dev.lanewise.bench.jmh;

import dev.lanewise.bench.layers.LayerList;
import dev.lanewise.bench.layers.LayerList.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures every convolution of a network by {@link ConvBenchmark#simd} and adds them up:
 * {@code java -cp lanewise-bench.jar dev.lanewise.bench.jmh.NetworkBenchmark resnet50 [JMH options]}.
 */
public final class NetworkBenchmark {
    private NetworkBenchmark() {
    }

    /** The network's name, then options of JMH, {@code -f 1 -wi 3 -i 3} for one. */
    public static void main(String... args) throws IOException, RunnerException, CommandLineOptionException {
        if (args.length == 0) {
            throw new IllegalArgumentException("expected the name of a network: one of " + LayerList.NAMES);
        }
        LayerList network = LayerList.of(args[0]);
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        Options options = new OptionsBuilder().parent(new CommandLineOptions(rest))
                .include(ConvBenchmark.class.getName() + ".simd")
                .param("layer",
                        network.entries().stream().map(entry -> entry.layer().toString()).toArray(String[]::new))
                .addProfiler(GCProfiler.class).build();
        print(network, secondsByLayer(new Runner(options).run()));
    }

    private static Map<String, Double> secondsByLayer(Collection<RunResult> results) {
        Map<String, Double> seconds = new HashMap<>();
        for (RunResult result : results) {
            seconds.put(result.getParams().getParam("layer"), 1 / result.getPrimaryResult().getScore());
        }
        return seconds;
    }

    private static void print(LayerList network, Map<String, Double> secondsByLayer) {
        System.out.printf("%n%-34s %5s %10s %9s  %s%n", "layer", "times", "ms", "GFLOP/s", "what");
        double sum = 0;
        double flops = 0;
        for (Entry entry : network.entries()) {
            double seconds = secondsByLayer.getOrDefault(entry.layer().toString(), Double.NaN);
            double layerFlops = entry.layer().shape().flops();
            sum += entry.times() * seconds;
            flops += entry.times() * layerFlops;
            System.out.printf(Locale.ROOT, "%-34s %5d %10.3f %9.1f  %s%n", entry.layer(), entry.times(), seconds * 1e3,
                    layerFlops / seconds / 1e9,
                    entry.what());
        }
        System.out.printf(Locale.ROOT, "%-34s %5s %10.3f %9.1f%n", "all convolutions of " + network.name(), "",
                sum * 1e3, flops / sum / 1e9);
    }
}
