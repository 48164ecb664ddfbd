package dev.lanewise.bench.coldstart;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.bench.layers.LayerList;
import dev.lanewise.core.conv.Conv2d;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.gemm.Gemm;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What a fresh JVM runs: one problem again and again. Prints a line with the work done, in GFLOP, at each {@link #STEP} after the first call began.
 */
public final class ColdProgram {
    /** The marks of time, in milliseconds. */
    static final int STEP = 10;
    private static final String SGEMM = "sgemm:";
    private static final String CONV = "conv:";
    private static final String NETWORK = "network:";

    private ColdProgram() {
    }

    /** Runs {@code sgemm:N}, {@code conv:LAYER} or {@code network:NAME} for some milliseconds. */
    public static void main(String... arguments) throws IOException {
        Problem problem = Problem.of(arguments[0]);
        double[] work = new double[Integer.parseInt(arguments[1]) / STEP];
        measure(problem, work);
        System.out.println(Arrays.stream(work).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    }

    /**
     * Whether a problem can be run, before any JVM is started for it.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void check(String problem) throws IOException {
        if (problem.startsWith(SGEMM)) {
            size(problem);
        } else {
            entries(problem);
        }
    }

    private static int size(String problem) {
        String size = problem.substring(SGEMM.length());
        if (!size.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("expected sgemm:N with N from 1 to 9999, but got '" + problem + "'");
        }
        return Integer.parseInt(size);
    }

    private static List<LayerList.Entry> entries(String problem) throws IOException {
        if (problem.startsWith(NETWORK)) {
            return LayerList.of(problem.substring(NETWORK.length())).entries();
        }
        if (problem.startsWith(CONV)) {
            return List.of(new LayerList.Entry(Layer.parse(problem.substring(CONV.length())), 1, "by itself"));
        }
        throw new IllegalArgumentException(
                "expected sgemm:N, conv:LAYER or network:NAME, but got '" + problem + "'");
    }

    /** A call under way at a mark counts with the part of it that is over. */
    private static void measure(Problem problem, double[] work) {
        double done = 0;
        long start = System.nanoTime();
        double before = 0;
        for (int mark = 0; mark < work.length;) {
            problem.call.run();
            double now = (System.nanoTime() - start) * 1e-6 / STEP;
            for (; mark < work.length && mark + 1 <= now; mark++) {
                work[mark] = done + problem.gigaFlop * (mark + 1 - before) / (now - before);
            }
            done += problem.gigaFlop;
            before = now;
        }
    }

    /** What is computed, and how much it is. */
    private record Problem(Runnable call, double gigaFlop) {
        static Problem of(String text) throws IOException {
            return text.startsWith(SGEMM) ? sgemm(size(text)) : layers(entries(text));
        }

        private static Problem sgemm(int n) {
            SplittableRandom random = new SplittableRandom(1);
            float[] a = new float[n * n];
            float[] b = new float[n * n];
            float[] c = new float[n * n];
            for (int i = 0; i < a.length; i++) {
                a[i] = random.nextFloat();
                b[i] = random.nextFloat();
            }
            return new Problem(() -> Gemm.sgemm(false, false, n, n, n, 1, a, 0, n, b, 0, n, 0, c, 0, n),
                    2e-9 * n * n * n);
        }

        private static Problem conv(Layer layer) {
            Conv2dShape shape = layer.shape();
            Tensor x = layer.input();
            Tensor y = Tensor.zeros(shape.dtype(), shape.outputShape());
            Conv2dPlan plan = Conv2d.plan(shape, layer.weight(), layer.bias(), Conv2dOptions.DEFAULT);
            return new Problem(() -> plan.run(x, y), 1e-9 * shape.flops());
        }

        /** All convolutions, one kind after the other. */
        private static Problem layers(List<LayerList.Entry> entries) {
            List<Problem> layers = entries.stream().map(entry -> conv(entry.layer()).times(entry.times())).toList();
            return new Problem(() -> layers.forEach(layer -> layer.call.run()),
                    layers.stream().mapToDouble(Problem::gigaFlop).sum());
        }

        private Problem times(int count) {
            return new Problem(() -> {
                for (int i = 0; i < count; i++) {
                    call.run();
                }
            }, count * gigaFlop);
        }
    }
}
