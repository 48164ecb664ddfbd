package dev.lanewise.bench.conv;

import dev.lanewise.bench.report.WrongAnswerException;
import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a contestant computed is the convolution, at many random outputs.
 *
 * <p>The right value comes from float64, independent of every contestant. A float32 sum of K products and a bias, in any
 * order and with or without fused operations, is at most {@code gamma(K+1) * (sum |x*w| + |b|)} off it, where
 * {@code gamma(n) = n*u / (1 - n*u)} and {@code u = 2^-24}.
 */
public final class ConvCheck {
    /** So many taps take some tens of milliseconds. */
    private static final long TAPS = 20_000_000;
    private static final double UNIT = 0x1p-24;
    /** What float64 itself may be off, far more than enough. */
    private static final double SLACK = 1e-6;
    private final ConvProblem problem;
    private final float[] x;
    private final float[] weight;
    private final float @Nullable [] bias;
    private final int[] at;
    private final double[] expected;
    private final double[] bound;

    /** Computes the right values. */
    public ConvCheck(ConvProblem problem) {
        this.problem = problem;
        this.x = problem.x().floats();
        this.weight = problem.weight().floats();
        this.bias = problem.bias() == null ? null : problem.bias().floats();
        int taps = problem.shape().taps();
        int samples = Math.clamp(TAPS / Math.max(taps, 1), 1, problem.outputs());
        SplittableRandom random = new SplittableRandom(samples);
        this.at = new int[samples];
        this.expected = new double[samples];
        this.bound = new double[samples];
        double gamma = (taps + 1) * UNIT / (1 - (taps + 1) * UNIT);
        for (int i = 0; i < samples; i++) {
            at[i] = samples == problem.outputs() ? i : random.nextInt(problem.outputs());
            double[] sums = sums(at[i]);
            expected[i] = sums[0];
            bound[i] = gamma * sums[1] * (1 + SLACK);
        }
    }

    /**
     * Checks an output.
     *
     * @param y [N, Cout, P, Q]
     * @throws WrongAnswerException if an element is off by more than rounding explains
     */
    public void check(String name, float[] y) {
        if (y.length != problem.outputs()) {
            throw new WrongAnswerException(name + " on " + problem.name() + " gave " + y.length
                    + " outputs, expected " + problem.outputs());
        }
        for (int i = 0; i < at.length; i++) {
            if (!(Math.abs(y[at[i]] - expected[i]) <= bound[i])) { // not for a NaN either
                throw new WrongAnswerException(String.format(Locale.ROOT,
                        "%s on %s gave %.9g for output %d, expected %.9g with an error of at most %.3g", name,
                        problem.name(), y[at[i]], at[i], expected[i], bound[i]));
            }
        }
    }

    /** The value of an output, and the sum of the magnitudes that it is made of. */
    private double[] sums(int output) {
        Conv2dShape shape = problem.shape();
        int q = output % shape.columns().output();
        int p = output / shape.columns().output() % shape.rows().output();
        int o = output / shape.outputPixels() % shape.outputChannels();
        int n = output / shape.outputPixels() / shape.outputChannels();
        int channels = shape.groupInputChannels();
        int firstChannel = n * shape.inputChannels() + o / shape.groupOutputChannels() * channels;
        double sum = bias == null ? 0 : bias[o];
        double magnitude = Math.abs(sum);
        for (int c = 0; c < channels; c++) {
            for (int r = 0; r < shape.rows().kernel(); r++) {
                int h = position(shape.rows(), p, r);
                for (int s = 0; s < shape.columns().kernel(); s++) {
                    int w = position(shape.columns(), q, s);
                    if (inside(shape.rows(), h) && inside(shape.columns(), w)) {
                        int xAt = ((firstChannel + c) * shape.rows().input() + h) * shape.columns().input() + w;
                        int wAt = ((o * channels + c) * shape.rows().kernel() + r) * shape.columns().kernel() + s;
                        double product = (double) x[xAt] * weight[wAt];
                        sum += product;
                        magnitude += Math.abs(product);
                    }
                }
            }
        }
        return new double[] {sum, magnitude};
    }

    private static int position(Conv2dAxis axis, int output, int tap) {
        return output * axis.stride() + tap * axis.dilation() - axis.before();
    }

    private static boolean inside(Conv2dAxis axis, int position) {
        return position >= 0 && position < axis.input();
    }
}
