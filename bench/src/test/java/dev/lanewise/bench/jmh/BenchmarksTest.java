package dev.lanewise.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2d;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.FmaPeak;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmarks measure what they say: their bodies give the right results, and count the right number of operations. */
class BenchmarksTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"2,6,9,11,8,3,2,1,1,2 1", "1,5,12,10,5,3x1,1,1x0,1,5 2",
        "1,8,7,7,16,1,1,0,1,1 2"})
    void convolution(String layer, int threads) {
        Layer sizes = Layer.parse(layer);
        ConvBenchmark benchmark = new ConvBenchmark();
        benchmark.layer = layer;
        benchmark.threads = threads;
        benchmark.setUp();
        GigaFlops counter = new GigaFlops();
        Tensor expected = Conv2d.apply(sizes.input(), sizes.weight(), sizes.bias(), sizes.spec());

        assertArrayEquals(expected.floats(), benchmark.reference(counter).copy().floats());
        Arrays.fill(benchmark.reference(counter).floats(), Float.NaN);
        assertArrayEquals(expected.floats(), benchmark.simd(counter).copy().floats());
        long perOutput = 2L * sizes.weight().numel() / sizes.outputChannels();
        assertEquals(3e-9 * expected.numel() * perOutput, counter.gflops, 1e-15);
        benchmark.tearDown();
    }

    @ParameterizedTest
    @CsvSource({"7/19/300,1", "50/33/5,2"})
    void matrixProduct(String sizes, int threads) {
        GemmBenchmark benchmark = new GemmBenchmark();
        benchmark.sizes = sizes;
        benchmark.threads = threads;
        benchmark.setUp();
        GigaFlops counter = new GigaFlops();
        float[] expected = benchmark.reference(counter).clone();
        Arrays.fill(benchmark.reference(counter), Float.NaN);

        assertArrayEquals(expected, benchmark.simd(counter).clone());
        Arrays.fill(benchmark.simd(counter), Float.NaN);
        assertArrayEquals(expected, benchmark.simdPacked(counter).clone());
        double product = Arrays.stream(sizes.split("/")).mapToDouble(Double::parseDouble).reduce(1, (p, q) -> p * q);
        assertEquals(5 * 2e-9 * product, counter.gflops, 1e-15);
        benchmark.tearDown();
    }

    /** Every step adds 1/4 to each accumulator lane, which is exact here: the growth of their sum counts the FMAs. */
    @Test
    void peak() {
        float[] seeds = new float[64];
        Arrays.fill(seeds, 0.5f);

        float growth = FmaPeak.run(2000, seeds) - FmaPeak.run(1000, seeds);

        assertEquals(FmaPeak.flops(1000) / 2 * 0.25, growth);
    }
}
