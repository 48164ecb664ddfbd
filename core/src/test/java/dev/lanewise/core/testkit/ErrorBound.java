package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How far rounding alone can take a convolution from the exact one, for kernels that do not have the reference's bits.
 *
 * <p>Let u be the unit roundoff (2^-24 in float32, 2^-53 in float64) and gamma(n) = n*u / (1 - n*u). A number that goes through n roundings
 * is multiplied by 1 + t with |t| &lt;= gamma(n) (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition,
 * Lemma 3.1). So a sum of K products and a bias, in which each of them goes through at most n roundings, is off by at most
 *
 * <pre>gamma(n) * (sum |x|*|w| + |b|) + (1 + gamma(n)) * K * eta</pre>
 *
 * <p>(as in Higham's section 3.1). The second part is for underflow: a rounded product, or a fused multiply-add, may also lose eta, half
 * of the least subnormal, which later roundings enlarge by at most 1 + gamma(n); sums that underflow are exact. {@link Order} tells n.
 *
 * <p>The exact value is summed in two doubles, with the products' and sums' rounding errors (T. Ogita, S. M. Rump, S. Oishi, Accurate
 * sum and dot product, 2005, Algorithm 5.3 without its last rounding). Its own error, at most gamma(2K + 2)^2 * (sum |x|*|w| + |b|) with
 * gamma in float64, and 5*K*2^-1074 for underflow, is added to the bound.
 *
 * <p>Where the exact result is not finite, the class alone is compared: NaN, or the infinity. Where partial sums may overflow, although the
 * result does not, nothing is said.
 */
public final class ErrorBound {
    /** Covers the roundings in computing the bound itself, a handful of float64's. */
    private static final double SLACK = 1 + 0x1p-40;
    /** Values below this may be enlarged by SCALE. */
    private static final double SCALABLE = 0x1p400;
    /** In float64, what underflows in the exact sum is made small beside what may underflow in the result. */
    private static final double SCALE = 0x1p64;

    private final Order order;
    private final Conv2dShape shape;
    private final double[] x;
    private final double[] weight;
    private final double @Nullable [] bias;
    private final int[] rows;
    private final int[] columns;
    private final double scale;

    /** How the products are summed. */
    public enum Order {
        /**
         * In the contract's order: a product goes through the roundings of its block's fused multiply-adds, then through those of the sums of
         * blocks: n = min(K, KC) + ceil(K / KC).
         */
        BLOCKED,
        /** In any order, with fused operations or without: a product is rounded, then goes through at most K sums: n = K + 1. */
        ANY;

        /** The most roundings that a product goes through among K taps. */
        long roundings(int taps) {
            return this == ANY
                    ? taps + 1L
                    : Math.min(taps, NumericsContract.KC) + Math.ceilDiv(taps, NumericsContract.KC);
        }
    }

    private ErrorBound(Order order, Conv2dShape shape, Tensor x, Tensor weight, @Nullable Tensor bias) {
        this.order = order;
        this.shape = shape;
        this.x = doubles(x);
        this.weight = doubles(weight);
        this.bias = bias == null ? null : doubles(bias);
        this.rows = shape.rows().sources(shape.paddingMode());
        this.columns = shape.columns().sources(shape.paddingMode());
        this.scale = shape.dtype() == DType.FLOAT64 && isScalable(this.x)
                && (this.bias == null || isScalable(this.bias)) ? SCALE : 1;
    }

    /**
     * Asserts that every element of a result is within the bound. A convolution without taps rounds nothing and is not looked at.
     *
     * @param x [N, Cin, H, W] or [Cin, H, W]
     * @param weight [Cout, Cin/groups, R, S]
     * @param bias [Cout], or null
     * @param y [N, Cout, P, Q] or [Cout, P, Q]
     * @throws AssertionError which names the first element that is not, its value, the exact one and the bound
     */
    public static void assertWithin(Order order, Conv2dShape shape, Tensor x, Tensor weight, @Nullable Tensor bias,
            Tensor y) {
        if (shape.taps() > 0 && y.numel() > 0) {
            new ErrorBound(order, shape, x, weight, bias).check(doubles(y));
        }
    }

    private void check(double[] y) {
        int i = 0;
        for (int n = 0; n < shape.batch(); n++) {
            for (int o = 0; o < shape.outputChannels(); o++) {
                for (int p = 0; p < shape.rows().output(); p++) {
                    for (int q = 0; q < shape.columns().output(); q++) {
                        check(sum(n, o, p, q), y[i], i);
                        i++;
                    }
                }
            }
        }
    }

    /** One output element in two doubles, times the scale. */
    private AccurateSum sum(int n, int o, int p, int q) {
        AccurateSum sum = new AccurateSum();
        if (bias != null) {
            sum.add(bias[o] * scale, 1);
        }
        Conv2dAxis h = shape.rows();
        Conv2dAxis v = shape.columns();
        int in = shape.groupInputChannels();
        int firstPlane = n * shape.inputChannels() + o / shape.groupOutputChannels() * in;
        int w = o * in * h.kernel() * v.kernel();
        for (int c = 0; c < in; c++) {
            for (int r = 0; r < h.kernel(); r++) {
                int row = rows[p * h.stride() + r * h.dilation()];
                for (int s = 0; s < v.kernel(); s++) {
                    int column = columns[q * v.stride() + s * v.dilation()];
                    double pixel = row == Conv2dAxis.ZERO || column == Conv2dAxis.ZERO
                            ? 0
                            : x[((firstPlane + c) * h.input() + row) * v.input() + column];
                    sum.add(pixel * scale, weight[w++]);
                }
            }
        }
        return sum;
    }

    private void check(AccurateSum sum, double y, int i) {
        boolean mayOverflow = !(sum.magnitude * SLACK * (1 + gamma(order.roundings(shape.taps()), unit())) < largest());
        double infinite = sum.infinite;
        if (infinite != 0) { // or NaN
            boolean same = Double.compare(infinite, y) == 0 || (mayOverflow && Double.isNaN(y));
            require(same, y, infinite, 0, i);
        } else if (!mayOverflow) {
            double tolerance = tolerance(sum.magnitude);
            double error = Math.abs(y * scale - sum.high - sum.low);
            require(error <= tolerance, y, (sum.high + sum.low) / scale, tolerance / scale, i); // NaN is never within
        }
    }

    private double tolerance(double computedMagnitude) {
        long taps = shape.taps();
        double magnitude = computedMagnitude / (1 - gamma(taps + 2, 0x1p-53));
        double gamma = gamma(order.roundings(shape.taps()), unit());
        double eta = (shape.dtype() == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE) * scale / 2;
        double own = Math.pow(gamma(2 * taps + 2, 0x1p-53), 2) * magnitude + 5 * taps * Double.MIN_VALUE;
        return (gamma * magnitude + (1 + gamma) * taps * eta + own) * SLACK;
    }

    private double unit() {
        return shape.dtype() == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
    }

    private double largest() {
        return shape.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    }

    private static double gamma(long n, double unit) {
        if (n * unit >= 1) {
            throw new IllegalArgumentException("there is no bound for " + n + " roundings");
        }
        return n * unit / (1 - n * unit);
    }

    private void require(boolean holds, double y, double exact, double tolerance, int i) {
        if (!holds) {
            throw new AssertionError("element " + i + " of " + Shapes.format(shape.outputShape()) + " is " + y
                    + ", but the exact one is " + exact + ", and rounding explains no more than " + tolerance + " ("
                    + shape.taps() + " taps)");
        }
    }

    private static boolean isScalable(double... values) {
        for (double value : values) {
            if (Double.isFinite(value) && Math.abs(value) >= SCALABLE) {
                return false;
            }
        }
        return true;
    }

    private static double[] doubles(Tensor tensor) {
        Tensor copy = tensor.copy();
        double[] values = new double[copy.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = copy.storage().getDouble(i);
        }
        return values;
    }

    /** A sum of products: high + low, and what it is made of. */
    private static final class AccurateSum {
        double high;
        double low;
        double magnitude;
        /** The sum of the products that are not finite because a factor is not; 0 if there is none. */
        double infinite;

        void add(double a, double b) {
            double product = a * b;
            if (!Double.isFinite(a) || !Double.isFinite(b)) {
                infinite += product;
                return;
            }
            magnitude += Math.abs(product);
            double sum = high + product;
            double part = sum - high;
            low += (high - (sum - part)) + (product - part) + Math.fma(a, b, -product);
            high = sum;
        }
    }
}
