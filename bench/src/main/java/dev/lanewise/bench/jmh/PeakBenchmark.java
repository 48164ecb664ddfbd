package dev.lanewise.bench.jmh;

import dev.lanewise.simd.FmaPeak;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The limit: fused multiply-adds on registers alone, on one core. What other benchmarks reach is to be told as a share of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class PeakBenchmark {
    private static final int STEPS = 100_000;
    private final float[] seeds = new float[64];

    /** Small, so that the sums stay finite. */
    public PeakBenchmark() {
        Arrays.fill(seeds, 1e-3f);
    }

    /** The loop. */
    @Benchmark
    public float fma(GigaFlops counter) {
        counter.gflops += FmaPeak.flops(STEPS) / 1e9;
        return FmaPeak.run(STEPS, seeds);
    }
}
