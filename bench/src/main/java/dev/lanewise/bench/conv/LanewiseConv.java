package dev.lanewise.bench.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Lanewise by a plan: weights packed before, x and y NCHW in Java arrays. */
public final class LanewiseConv implements ConvContestant {
    private final Conv2dPlan plan;
    private final Tensor x;
    private final Tensor y;

    /**
     * Makes a plan.
     *
     * @param algorithm the name of the algorithm, or null for the library's choice
     */
    public LanewiseConv(ConvProblem problem, Workers workers, @Nullable String algorithm) {
        this.plan = Conv2dProviders.byName("simd").plan(problem.shape(), problem.weight(), problem.bias(),
                new Conv2dOptions(workers, algorithm));
        this.x = problem.x();
        this.y = Tensor.zeros(DType.FLOAT32, problem.shape().outputShape());
    }

    @Override
    public String name() {
        return "lanewise";
    }

    @Override
    public String algorithm() {
        return plan.algorithm();
    }

    @Override
    public double flops() {
        return plan.shape().flops();
    }

    @Override
    public void call() {
        plan.run(x, y);
    }

    @Override
    public Tensor output() {
        return y.copy();
    }

    @Override
    public boolean compiledByJvm() {
        return true;
    }
}
