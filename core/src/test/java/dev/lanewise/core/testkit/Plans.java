package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plans that {@link Conv2dContract} is about, and runs them.
 *
 * @param provider the one that is held to the contract
 * @param options how its plans are made, unless a property asks for something else
 */
record Plans(Conv2dProvider provider, Conv2dOptions options) {
    static final List<Workers> WORKERS = List.of(Workers.threads(2), Workers.threads(3));

    Conv2dPlan make(Conv2dCase c, Workers workers) {
        return make(c, c.weight(), c.bias(), options.withWorkers(workers));
    }

    Conv2dPlan make(Conv2dCase c, Tensor weight, @Nullable Tensor bias, Conv2dOptions with) {
        return make(c.shape(), weight, bias, with);
    }

    /** A plan, by another algorithm where the forced one refuses what a property made of the case that was drawn. */
    private Conv2dPlan make(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions with) {
        if (with.algorithm() == null) {
            return provider.plan(shape, weight, bias, with);
        }
        try {
            return provider.plan(shape, weight, bias, with);
        } catch (IllegalArgumentException e) { // refused: the case is not the one that was drawn
            return provider.plan(shape, weight, bias, with.withAlgorithm(null));
        }
    }

    /** A plan for another size with the weights of one, by another algorithm where the forced one refuses a new plan of that size too. */
    Conv2dPlan remake(Conv2dPlan previous, Conv2dShape shape, Tensor weight, @Nullable Tensor bias) {
        try {
            return provider.replan(previous, shape, weight, bias, options);
        } catch (IllegalArgumentException e) {
            if (options.algorithm() == null || accepts(shape, weight, bias)) {
                throw e;
            }
            return provider.replan(previous, shape, weight, bias, options.withAlgorithm(null));
        }
    }

    private boolean accepts(Conv2dShape shape, Tensor weight, @Nullable Tensor bias) {
        try {
            provider.plan(shape, weight, bias, options);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The convolution of other tensors than the case's own, which may have other sizes, with the case's spec. */
    Tensor convolve(Conv2dCase c, Tensor x, Tensor weight, @Nullable Tensor bias) {
        return run(make(Conv2dShape.of(x, weight, bias, c.spec()), weight, bias, options), x);
    }

    static Tensor run(Conv2dPlan plan, Tensor x) {
        Tensor y = Tensor.zeros(plan.shape().dtype(), plan.shape().outputShape());
        plan.run(x, y);
        return y;
    }

    /** An image without a batch axis as a batch of one. */
    static Tensor batched(Tensor tensor) {
        return tensor.rank() == 3 ? tensor.unsqueeze(0) : tensor;
    }

    // ---- messages ----

    static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    static String about(Conv2dPlan plan) {
        return plan.describe() + ", y " + Arrays.toString(plan.shape().outputShape()) + ", " + plan.shape().taps()
                + " taps";
    }
}
