package dev.lanewise.bench.gemm;

import dev.lanewise.bench.paired.Contestant;
import dev.lanewise.bench.paired.PeakContestant;
import dev.lanewise.bench.paired.Statistics;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Matrix products of all sizes from 1 to 300 along one axis, the other two axes 256: no size may fall off a cliff.
 *
 * <p>Several runs, each of which visits all sizes round after round, the peak among them. A size whose share of the peak is
 * below {@value #CLIFF} of the median of its eight neighbours on each side in every run is a dip. The first and the last sizes,
 * which have fewer, are not judged: from one row to nine the share only rises.
 */
public final class GemmSweep {
    private static final int LAST = 300;
    private static final int OTHER = 256;
    private static final int NEIGHBOURS = 8;
    private static final double CLIFF = 0.6;
    private static final int RUNS = 3;
    private static final double WARM_UP_NANOS = 2e9;
    private static final double TURN_NANOS = 1e6;

    private final Workers workers;
    private final DType dtype;
    private final int rounds;

    /**
     * A sweep.
     *
     * @param rounds of each run
     */
    public GemmSweep(Workers workers, DType dtype, int rounds) {
        this.workers = workers;
        this.dtype = dtype;
        this.rounds = rounds;
    }

    /** The axis along which sizes change. */
    public enum Axis {
        /** The rows of C and A. */
        M,
        /** The columns of C and B. */
        N,
        /** The columns of A and rows of B. */
        K;

        GemmSize size(int value) {
            return switch (this) {
                case M -> new GemmSize(value, OTHER, OTHER);
                case N -> new GemmSize(OTHER, value, OTHER);
                case K -> new GemmSize(OTHER, OTHER, value);
            };
        }
    }

    /**
     * One axis.
     *
     * @param axis which one
     * @param sizes along it
     * @param shares of the FMA peak, the median of all rounds, size by size
     * @param dips the sizes that are slow in every run
     */
    public record Curve(Axis axis, List<Integer> sizes, List<Double> shares, List<Integer> dips) {
        /** Copies the lists. */
        public Curve {
            sizes = List.copyOf(sizes);
            shares = List.copyOf(shares);
            dips = List.copyOf(dips);
        }

        /** The least share compared with the median of its neighbours. */
        public double worst() {
            double[] values = shares.stream().mapToDouble(Double::doubleValue).toArray();
            return IntStream.range(NEIGHBOURS, values.length - NEIGHBOURS)
                    .mapToDouble(i -> values[i] / aroundMedian(values, i)).min().orElse(Double.NaN);
        }
    }

    /** Measures an axis. */
    public Curve measure(Axis axis) {
        List<Contestant> products = new ArrayList<>();
        List<Integer> sizes = IntStream.rangeClosed(1, LAST).boxed().toList();
        sizes.forEach(size -> products.add(new LanewiseGemm(GemmProblem.of(axis.size(size), dtype), workers)));
        PeakContestant peak = new PeakContestant(workers, dtype);
        long[] calls = warmUp(products, peak);
        boolean[] slow = new boolean[LAST];
        Arrays.fill(slow, true);
        double[][] shares = new double[LAST][RUNS * rounds];
        for (int run = 0; run < RUNS; run++) {
            for (int round = run * rounds; round < (run + 1) * rounds; round++) {
                round(products, peak, calls, shares, round);
            }
            double[] medians = medians(shares, run * rounds, (run + 1) * rounds);
            for (int i = 0; i < LAST; i++) {
                slow[i] &= isInside(i) && medians[i] < CLIFF * aroundMedian(medians, i);
            }
        }
        return new Curve(axis, sizes, Arrays.stream(medians(shares, 0, RUNS * rounds)).boxed().toList(),
                IntStream.range(0, LAST).filter(i -> slow[i]).map(sizes::get).boxed().toList());
    }

    /** Calls all until they are compiled, and returns how many calls of each make a turn. */
    private static long[] warmUp(List<Contestant> products, Contestant peak) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            peak.call();
            products.forEach(Contestant::call);
        }
        return products.stream().mapToLong(product -> {
            long first = product.nanos(3) / 3;
            return Math.max((long) (TURN_NANOS / Math.max(first, 1)), 1);
        }).toArray();
    }

    /** A turn of each size; the peak of the round is the median of several, taken on the way. */
    private static void round(List<Contestant> products, Contestant peak, long[] calls, double[][] shares, int round) {
        List<Double> peaks = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            if (i % NEIGHBOURS == 0) {
                peaks.add(peak.flops() / peak.nanos(1));
            }
            Contestant product = products.get(i);
            product.call(); // into the caches
            shares[i][round] = product.flops() * calls[i] / product.nanos(calls[i]);
        }
        double median = Statistics.median(peaks.stream().mapToDouble(Double::doubleValue).toArray());
        for (double[] share : shares) {
            share[round] /= median;
        }
    }

    private static double[] medians(double[][] shares, int from, int to) {
        return Arrays.stream(shares).mapToDouble(each -> Statistics.median(Arrays.copyOfRange(each, from, to)))
                .toArray();
    }

    private static boolean isInside(int i) {
        return i >= NEIGHBOURS && i < LAST - NEIGHBOURS;
    }

    /** The median of the neighbours on both sides. */
    static double aroundMedian(double[] values, int i) {
        return Statistics.median(IntStream.rangeClosed(i - NEIGHBOURS, i + NEIGHBOURS).filter(j -> j != i)
                .mapToDouble(j -> values[j]).toArray());
    }
}
