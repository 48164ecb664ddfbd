package dev.lanewise.bench.paired;

import java.util.Arrays;

/** Medians and quantiles: what noise of a shared machine moves least. */
public final class Statistics {
    private Statistics() {
    }

    /** The middle value, the mean of both where there are two. */
    public static double median(double... values) {
        return quantile(values, 0.5);
    }

    /**
     * The value below which a share of the values lies, interpolated between the two nearest.
     *
     * @param share between 0 and 1
     */
    public static double quantile(double[] values, double share) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a quantile of no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Half the distance between the quartiles, as a share of the median: a robust relative error of one value. */
    public static double spread(double... values) {
        return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
    }

    /** The geometric mean, which is the mean for ratios; NaN without values. */
    public static double geomean(double... values) {
        return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
    }

    /** Element-wise quotients. */
    public static double[] ratios(double[] dividends, double[] divisors) {
        if (dividends.length != divisors.length) {
            throw new IllegalArgumentException(dividends.length + " rounds against " + divisors.length);
        }
        double[] ratios = new double[dividends.length];
        Arrays.setAll(ratios, i -> dividends[i] / divisors[i]);
        return ratios;
    }
}
