package dev.lanewise.bench.gemm;

import dev.lanewise.bench.report.WrongAnswerException;
import dev.lanewise.core.tensor.Tensor;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * Whether what a contestant computed is the product, at many random elements.
 *
 * <p>The right value comes from float64, independent of every contestant. A sum of k products, in any order and with or
 * without fused operations, is at most {@code gamma(k) * sum |a*b|} off it, where {@code gamma(k) = k*u / (1 - k*u)} and u
 * is {@code 2^-24} for float32, {@code 2^-53} for float64; in float64 the right value may itself be off by as much.
 */
final class GemmCheck {
    private static final long PRODUCTS = 20_000_000;
    /** What float64 itself may be off when float32 is checked, far more than enough. */
    private static final double SLACK = 1e-6;
    private final GemmProblem problem;
    private final int[] at;
    private final double[] expected;
    private final double[] bound;

    GemmCheck(GemmProblem problem) {
        this.problem = problem;
        int outputs = problem.m() * problem.n();
        int samples = Math.clamp(PRODUCTS / problem.k(), 1, outputs);
        SplittableRandom random = new SplittableRandom(samples);
        this.at = new int[samples];
        this.expected = new double[samples];
        this.bound = new double[samples];
        double unit = problem.isDouble() ? 0x1p-53 : 0x1p-24;
        double gamma = problem.k() * unit / (1 - problem.k() * unit);
        IntToDoubleFunction a = values(problem.isDouble(), problem.a());
        IntToDoubleFunction b = values(problem.isDouble(), problem.b());
        for (int i = 0; i < samples; i++) {
            at[i] = samples == outputs ? i : random.nextInt(outputs);
            int row = at[i] / problem.n();
            int column = at[i] % problem.n();
            double sum = 0;
            double magnitude = 0;
            for (int p = 0; p < problem.k(); p++) {
                double product = a.applyAsDouble(row * problem.k() + p) * b.applyAsDouble(p * problem.n() + column);
                sum += product;
                magnitude += Math.abs(product);
            }
            expected[i] = sum;
            bound[i] = gamma * magnitude * (problem.isDouble() ? 2 : 1) * (1 + SLACK);
        }
    }

    private static IntToDoubleFunction values(boolean isDouble, Tensor matrix) {
        if (isDouble) {
            double[] doubles = matrix.doubles();
            return i -> doubles[i];
        }
        float[] floats = matrix.floats();
        return i -> floats[i];
    }

    /**
     * Checks a product.
     *
     * @param c [m, n]
     * @throws WrongAnswerException if an element is off by more than rounding explains
     */
    void check(String name, double[] c) {
        for (int i = 0; i < at.length; i++) {
            if (!(Math.abs(c[at[i]] - expected[i]) <= bound[i])) { // not for a NaN either
                throw new WrongAnswerException(String.format(Locale.ROOT,
                        "%s on %dx%dx%d gave %.17g in row %d and column %d, expected %.17g with an error of at most %.3g",
                        name, problem.m(), problem.n(), problem.k(), c[at[i]], at[i] / problem.n(),
                        at[i] % problem.n(), expected[i], bound[i]));
            }
        }
    }
}
