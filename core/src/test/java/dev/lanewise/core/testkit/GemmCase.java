package dev.lanewise.core.testkit;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.gemm.GemmProviders;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One matrix product, or a batch of them, with everything that determines it. It holds no elements: they are drawn from the seed, so {@link #toString} says
 * it all, and {@link #parse} reads that again.
 *
 * @param dtype the type of all matrices
 * @param batch how many products there are; 1 means matrices of two axes
 * @param m the rows of A and C
 * @param n the columns of B and C
 * @param k the columns of A and rows of B
 * @param alpha the factor of the product
 * @param beta the factor of what C holds
 * @param inputs what A and B hold
 * @param result what C holds before
 * @param aLayout how A lies in memory
 * @param bLayout how B lies in memory
 * @param cLayout how C lies in memory
 * @param seed what the elements are drawn from
 */
public record GemmCase(DType dtype, int batch, int m, int n, int k, double alpha, double beta, Values inputs,
        Values result, Layout aLayout, Layout bLayout, Layout cLayout, int seed) {

    /** What lies around C: not zero, and nothing that a product could come to. */
    private static final double AROUND_C = -7777.25;

    /** A [m, k] or [batch, m, k]; NaN lies around it. A new one with each call, as are the other tensors. */
    public Tensor a() {
        return aLayout.fill(dtype, shape(m, k), inputs, seed * 1_000_003L + 1, Double.NaN);
    }

    /** B [k, n] or [batch, k, n]; NaN lies around it. */
    public Tensor b() {
        return bLayout.fill(dtype, shape(k, n), inputs, seed * 1_000_003L + 2, Double.NaN);
    }

    /** C [m, n] or [batch, m, n] before the product. */
    public Tensor c() {
        return cLayout.fill(dtype, shape(m, n), result, seed * 1_000_003L + 3, AROUND_C);
    }

    private int[] shape(int rows, int columns) {
        return batch == 1 ? new int[] {rows, columns} : new int[] {batch, rows, columns};
    }

    /** C after the product, by the reference, from contiguous copies of the operands. */
    public Tensor expected() {
        Tensor c = c().copy();
        call(GemmProviders.reference(), a().copy(), b().copy(), c).run();
        return c;
    }

    /** This product with other operands of the same sizes. */
    public GemmCall call(GemmProvider provider, Tensor a, Tensor b, Tensor c) {
        GemmCall call = new GemmCall().provider(provider).sizes(m, n, k).alpha(alpha).beta(beta).batch(batch,
                batchStride(a), batchStride(b), batchStride(c));
        if (dtype == DType.FLOAT32) {
            call.a(a.floats(), a.offset(), a.stride(-2), a.stride(-1));
            call.b(b.floats(), b.offset(), b.stride(-2), b.stride(-1));
            return call.c(c.floats(), c.offset(), c.stride(-2), c.stride(-1));
        }
        call.a(a.doubles(), a.offset(), a.stride(-2), a.stride(-1));
        call.b(b.doubles(), b.offset(), b.stride(-2), b.stride(-1));
        return call.c(c.doubles(), c.offset(), c.stride(-2), c.stride(-1));
    }

    private static int batchStride(Tensor tensor) {
        return tensor.rank() == 3 ? tensor.stride(0) : 0;
    }

    // ---- other cases ----

    /** The same with other factors. */
    public GemmCase withFactors(double alpha, double beta) {
        return new GemmCase(dtype, batch, m, n, k, alpha, beta, inputs, result, aLayout, bLayout, cLayout, seed);
    }

    /** The same with other elements. */
    public GemmCase withValues(Values inputs, Values result) {
        return new GemmCase(dtype, batch, m, n, k, alpha, beta, inputs, result, aLayout, bLayout, cLayout, seed);
    }

    /** The same with so many products. */
    public GemmCase withBatch(int batch) {
        return new GemmCase(dtype, batch, m, n, k, alpha, beta, inputs, result, aLayout, bLayout, cLayout, seed);
    }

    // ---- as text ----

    /** Everything, as {@code name=value} words; values are those of A and B, and of C, layouts those of A, B and C. */
    @Override
    public String toString() {
        return "gemm=" + dtype.label() + " sizes=" + batch + "," + m + "," + n + "," + k + " factors=" + alpha + ","
                + beta + " values=" + name(inputs) + "," + name(result) + " layout=" + name(aLayout) + ","
                + name(bLayout) + "," + name(cLayout) + " seed=" + seed;
    }

    /**
     * The case that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if a word is missing or has no such value
     */
    public static GemmCase parse(String text) {
        List<Integer> sizes = list(text, "sizes").map(Integer::valueOf).toList();
        List<Double> factors = list(text, "factors").map(Double::valueOf).toList();
        List<Values> values = list(text, "values").map(Values::valueOf).toList();
        List<Layout> layouts = list(text, "layout").map(Layout::valueOf).toList();
        return new GemmCase(list(text, "gemm").map(DType::valueOf).toList().getFirst(), sizes.get(0), sizes.get(1),
                sizes.get(2), sizes.get(3), factors.get(0), factors.get(1), values.get(0), values.get(1),
                layouts.get(0), layouts.get(1), layouts.get(2),
                list(text, "seed").map(Integer::valueOf).toList().getFirst());
    }

    /** The parts of one word, constants by their names. */
    private static Stream<String> list(String text, String name) {
        for (String word : text.strip().split("\\s+", -1)) {
            if (word.startsWith(name + "=")) {
                String value = word.substring(name.length() + 1);
                return Stream.of((name.equals("factors") ? value : value.toUpperCase(Locale.ROOT)).split(",", -1));
            }
        }
        throw new IllegalArgumentException("there is no " + name + "=... in '" + text + "'");
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
