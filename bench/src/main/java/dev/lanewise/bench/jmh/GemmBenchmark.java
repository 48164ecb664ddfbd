package dev.lanewise.bench.jmh;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.gemm.GemmProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One float32 matrix product, {@code C = A * B}: the reference against SIMD, and SIMD with B packed before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = {"--add-modules=jdk.incubator.vector", "-Dlanewise.warmup=vector"})
public class GemmBenchmark {
    /** The sizes m, n and k; a slash between them, because JMH splits at commas. */
    @Param({"32/32/32", "128/128/128", "207/207/207", "512/512/512", "1024/1024/1024", "1/1000/2048", "49/512/4608"})
    public String sizes = "";

    /** The threads of one product, the calling one included. */
    @Param("1")
    public int threads = 1;

    private final GemmCall reference = new GemmCall();
    private final GemmCall simd = new GemmCall();
    private final GemmCall packed = new GemmCall();
    private Workers workers = Workers.sequential();
    private float[] c = new float[0];
    private double gigaFlop;

    /** Makes the matrices and the calls, which are used again by every run. */
    @Setup
    public void setUp() {
        int[] mnk = Arrays.stream(sizes.split("/")).mapToInt(Integer::parseInt).toArray();
        int m = mnk[0];
        int n = mnk[1];
        int k = mnk[2];
        float[] a = random(1, m * k);
        float[] b = random(2, k * n);
        GemmProvider simdProvider = GemmProviders.byName("simd");
        workers = Workers.threads(threads);
        c = new float[m * n];
        gigaFlop = 2e-9 * m * n * k;
        for (GemmCall call : new GemmCall[] {reference, simd, packed}) {
            call.sizes(m, n, k).a(a, 0, k, 1).b(b, 0, n, 1).c(c, 0, n, 1).alpha(1).beta(0).workers(workers);
        }
        reference.provider(GemmProviders.reference());
        simd.provider(simdProvider);
        packed.provider(simdProvider).b(simdProvider.packB(Tensor.of(b, k, n)));
    }

    private static float[] random(long seed, int length) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /** The reference, one element of C at a time. */
    @Benchmark
    public float[] reference(GigaFlops counter) {
        return run(reference, counter);
    }

    /** SIMD. */
    @Benchmark
    public float[] simd(GigaFlops counter) {
        return run(simd, counter);
    }

    /** SIMD, B packed before. */
    @Benchmark
    public float[] simdPacked(GigaFlops counter) {
        return run(packed, counter);
    }

    private float[] run(GemmCall call, GigaFlops counter) {
        call.run();
        counter.gflops += gigaFlop;
        return c;
    }
}
