package dev.lanewise.bench.jmh;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * One convolution, weights packed before: the reference against SIMD.
 *
 * <p>The reference is slow: give it a small layer ({@code -p layer=1/64/14/14/64/3/1/1/1/1}), or measure {@code ConvBenchmark.simd} alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1) // vector code crawls until C2 has compiled it, about a second
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = {"--add-modules=jdk.incubator.vector", "-Dlanewise.warmup=vector"})
public class ConvBenchmark {
    /** A layer as {@link Layer} writes it; the default is one of each kind. */
    @Param({"1,64,56,56,64,3,1,1,1,1", "1,256,14,14,256,3,1,1,1,1", "1,64,56,56,256,1,1,0,1,1",
        "1,128,56,56,128,3,1,1,1,32",
        "1,144,56,56,144,3,1,1,1,144", "1,96,112,112,96,3,2,1,1,96", "1,256,65,65,256,3,1,2,2,1",
        "1,1,8,8,1,3,1,1,1,1"})
    public String layer = "";

    /** The threads of one run, the calling one included. */
    @Param("1")
    public int threads = 1;

    private Tensor x = Tensor.zeros(DType.FLOAT32, 0);
    private Tensor y = x;
    private Workers workers = Workers.sequential();
    private @Nullable Conv2dPlan reference;
    private @Nullable Conv2dPlan simd;
    private double gigaFlop;

    /** Packs the weights. */
    @Setup
    public void setUp() {
        Layer sizes = Layer.parse(layer);
        Conv2dShape shape = sizes.shape();
        x = sizes.input();
        y = Tensor.zeros(DType.FLOAT32, shape.outputShape());
        workers = Workers.threads(threads);
        reference = plan("reference", sizes);
        simd = plan("simd", sizes);
        gigaFlop = shape.flops() / 1e9;
    }

    private Conv2dPlan plan(String name, Layer sizes) {
        Conv2dProvider provider = Conv2dProviders.byName(name);
        return provider.plan(sizes.shape(), sizes.weight(), sizes.bias(), Conv2dOptions.DEFAULT.withWorkers(workers));
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /** The reference, one output element at a time. */
    @Benchmark
    public Tensor reference(GigaFlops counter) {
        return run(reference, counter);
    }

    /** SIMD, with the algorithm that it chooses. */
    @Benchmark
    public Tensor simd(GigaFlops counter) {
        return run(simd, counter);
    }

    private Tensor run(@Nullable Conv2dPlan plan, GigaFlops counter) {
        if (plan == null) {
            throw new IllegalStateException("setUp has not run");
        }
        plan.run(x, y);
        counter.gflops += gigaFlop;
        return y;
    }
}
