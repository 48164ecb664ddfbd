package dev.lanewise.core.nn;

import dev.lanewise.core.conv.Conv2d;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A plan with what it was made from.
 *
 * @param weightVersion the version of the weight's storage, read before the plan copied it, so that a write in between shows
 * @param biasVersion likewise; 0 without a bias
 */
record CachedPlan(Conv2dPlan plan, Tensor weight, int weightVersion, @Nullable Tensor bias, int biasVersion) {
    static CachedPlan make(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        int weightVersion = weight.storage().version();
        int biasVersion = version(bias);
        return new CachedPlan(Conv2d.plan(shape, weight, bias, options), weight, weightVersion, bias, biasVersion);
    }

    /** Whether the plan's weights are still these. */
    boolean holds(Tensor currentWeight, @Nullable Tensor currentBias) {
        return currentWeight == weight && currentBias == bias && currentWeight.storage().version() == weightVersion
                && version(currentBias) == biasVersion;
    }

    /** The same weights for inputs of this shape. They are those that {@link #holds} has seen, or later ones, which the next call sees. */
    CachedPlan forShape(Conv2dShape shape, Conv2dOptions options) {
        if (plan.shape().equals(shape)) {
            return this;
        }
        return new CachedPlan(Conv2d.replan(plan, shape, weight, bias, options), weight, weightVersion, bias,
                biasVersion);
    }

    private static int version(@Nullable Tensor bias) {
        return bias == null ? 0 : bias.storage().version();
    }
}
