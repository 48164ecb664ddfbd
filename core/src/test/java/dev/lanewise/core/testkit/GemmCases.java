package dev.lanewise.core.testkit;

import dev.lanewise.core.tensor.DType;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random matrix products, all of them valid: sizes from 0 to 300, crowded around multiples of usual vector lengths, tiles and folding
 * blocks. A failing case shrinks towards small sizes, plain factors, layouts and values.
 */
public final class GemmCases {
    private static final int MOST = 300;
    /** Multiply-adds of most cases. */
    private static final long BUDGET = 400_000;

    private GemmCases() {
    }

    /** Most of them small, so that a try costs less than a millisecond or two. */
    public static Arbitrary<GemmCase> of(DType... dtypes) {
        return cases(BUDGET, dtypes);
    }

    /** Of any size to 300; some 10 ms each with the reference. */
    public static Arbitrary<GemmCase> large(DType... dtypes) {
        return cases((long) MOST * MOST * MOST, dtypes);
    }

    private static Arbitrary<GemmCase> cases(long budget, DType... dtypes) {
        List<Layout> own = Arrays.stream(Layout.values()).filter(layout -> !layout.isExpanded()).toList();
        Arbitrary<Sizes> sizes = Combinators.combine(batch(), size(), size(), size()).as(Sizes::new);
        Arbitrary<Factors> factors = Combinators.combine(factor(1), factor(0)).as(Factors::new);
        Arbitrary<Layouts> layouts = Combinators.combine(layout(Arrays.asList(Layout.values())),
                layout(Arrays.asList(Layout.values())), layout(own)).as(Layouts::new);
        Arbitrary<Integer> seed = Arbitraries.integers().between(0, 999_999)
                .withDistribution(RandomDistribution.uniform());
        return Combinators.combine(Arbitraries.of(dtypes), sizes, factors, values(), values(), layouts, seed)
                .as((dtype, s, f, inputs, result, l, drawn) -> s.within(budget).toCase(dtype, f, inputs, result, l,
                        drawn));
    }

    private static Arbitrary<Integer> batch() {
        return Arbitraries.frequency(Tuple.of(8, 1), Tuple.of(1, 2), Tuple.of(1, 3), Tuple.of(1, 0));
    }

    private static Arbitrary<Integer> size() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, MOST)
                .withDistribution(RandomDistribution.uniform());
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 20).withDistribution(RandomDistribution.uniform());
        Arbitrary<Integer> borders = Arbitraries.of(1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 24, 28, 31, 32, 33,
                47, 48, 49, 63, 64, 65, 97, 128, 129, 224, 255, 256, 257, 300);
        return Arbitraries.frequencyOf(Tuple.of(2, small), Tuple.of(3, borders), Tuple.of(2, any));
    }

    private static Arbitrary<Double> factor(double usual) {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(usual)),
                Tuple.of(3, Arbitraries.of(0.0, 1.0, -1.0, 0.5, 1.7, -0.0, 3e-39, 1e-60, Double.NaN,
                        Double.POSITIVE_INFINITY)));
    }

    private static Arbitrary<Values> values() {
        return Arbitraries.frequency(Tuple.of(1, Values.ZEROS), Tuple.of(1, Values.INTEGERS),
                Tuple.of(4, Values.NORMALS), Tuple.of(2, Values.WIDE), Tuple.of(2, Values.TINY),
                Tuple.of(3, Values.HOSTILE));
    }

    /** A third is contiguous. */
    private static Arbitrary<Layout> layout(List<Layout> layouts) {
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Layout.CONTIGUOUS)),
                Tuple.of(2, Arbitraries.of(layouts)));
    }

    private record Factors(double alpha, double beta) {
    }

    private record Layouts(Layout a, Layout b, Layout c) {
    }

    private record Sizes(int batch, int m, int n, int k) {
        /** The largest is halved until the cost is within the budget. */
        Sizes within(long budget) {
            Sizes sizes = this;
            while ((long) sizes.batch * sizes.m * sizes.n * sizes.k > budget) {
                int most = Math.max(sizes.m, Math.max(sizes.n, sizes.k)) / 2;
                sizes = new Sizes(sizes.batch, Math.min(sizes.m, most), Math.min(sizes.n, most),
                        Math.min(sizes.k, most));
            }
            return sizes;
        }

        GemmCase toCase(DType dtype, Factors factors, Values inputs, Values result, Layouts layouts, int seed) {
            return new GemmCase(dtype, batch, m, n, k, factors.alpha, factors.beta, inputs, result, layouts.a,
                    layouts.b, layouts.c, seed);
        }
    }
}
