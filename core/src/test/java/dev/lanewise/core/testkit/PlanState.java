package dev.lanewise.core.testkit;

import static dev.lanewise.core.testkit.Plans.about;
import static dev.lanewise.core.testkit.Plans.check;
import static dev.lanewise.core.testkit.Plans.run;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What a plan holds: its own weights, nothing of a run, and a true description of itself. */
record PlanState(Plans plans) {
    void keepsNothing(Conv2dCase c) {
        Conv2dPlan plan = plans.make(c, Workers.sequential());
        Tensor x = c.x();
        Tensor first = run(plan, x);
        Tensor second = run(plan, c.x(1));
        Equality.assertSameBits(run(plans.make(c, Workers.sequential()), c.x(1)), second,
                () -> "the second run against another plan's first: " + about(plan));
        Equality.assertSameBits(first, run(plan, x), () -> "the third run against the first: " + about(plan));
    }

    void ownsItsWeights(Conv2dCase c) {
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor x = c.x();
        Conv2dPlan plan = plans.make(c, weight, bias, plans.options());
        Tensor before = run(plan, x);
        overwrite(weight);
        if (bias != null) {
            overwrite(bias);
        }
        Equality.assertSameBits(before, run(plan, x),
                () -> "after weight and bias were overwritten: " + about(plan));
    }

    void flushesSubnormals(Conv2dCase any) {
        Conv2dCase c = any.withValues(any.xValues(), Values.TINY);
        Conv2dOptions flushing = plans.options().withFlushedSubnormalWeights(true);
        Tensor weight = c.weight();
        Guard aroundWeight = Guard.of(weight);
        Tensor flushed = run(plans.make(c, weight, c.bias(), flushing), c.x());
        aroundWeight.assertUntouched("the weight");
        Equality.assertSameBits(run(plans.make(c, Values.withoutSubnormals(weight), c.bias(), plans.options()), c.x()),
                flushed,
                "flushed by the plan against flushed before");
    }

    void sharesWeights(Conv2dCase c) {
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Conv2dPlan first = plans.make(c, weight, bias, plans.options());
        Tensor x = c.x();
        Tensor before = run(first, x);
        Conv2dPlan previous = first;
        for (int more : new int[] {1, 17, 0}) {
            Conv2dCase other = c.withShapes(larger(c.xShape(), more), c.weightShape());
            Conv2dPlan shared = plans.remake(previous, other.shape(), weight, bias);
            Equality.assertSameBits(run(plans.make(other, weight, bias, plans.options()), other.x()),
                    run(shared, other.x()),
                    () -> "a plan for " + other.xShape() + " with the weights of another: " + about(shared));
            previous = shared;
        }
        Equality.assertSameBits(before, run(first, x), () -> "the plan whose weights are shared: " + about(first));
    }

    void describesItself(Conv2dCase c) {
        Conv2dPlan plan = plans.provider().plan(c.shape(), c.weight(), c.bias(), plans.options());
        String forced = plans.options().algorithm();
        check(plan.shape().equals(c.shape()), "the plan is for " + plan.shape());
        check(plans.provider().algorithms().contains(plan.algorithm()),
                plan.algorithm() + " is none of " + plans.provider().algorithms());
        check(forced == null || forced.equals(plan.algorithm()), plan.algorithm() + " came for " + forced);
        check(!plan.describe().isBlank(), "the plan does not describe itself");
        check(plan.scratchBytes() >= 0, plan.scratchBytes() + " bytes of scratch");
    }

    void refusesUnknownAlgorithms(DType dtype) {
        Conv2dCase c = Conv2dCase.parse("dtype=" + dtype.label()
                + " x=1,2,2 weight=1,1,1,1 bias=false stride=1,1 padding=0,0 mode=zeros dilation=1,1 groups=1 values=normals,normals"
                + " layout=contiguous,contiguous,contiguous seed=0");
        try {
            plans.provider().plan(c.shape(), c.weight(), null, plans.options().withAlgorithm("no such algorithm"));
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("the algorithm 'no such algorithm' was accepted");
    }

    /** As many rows and columns more. */
    private static List<Integer> larger(List<Integer> xShape, int more) {
        List<Integer> x = new ArrayList<>(xShape);
        for (int axis = x.size() - 2; axis < x.size(); axis++) {
            x.set(axis, x.get(axis) + more);
        }
        return x;
    }

    private static void overwrite(Tensor tensor) {
        for (int i = 0; i < tensor.storage().length(); i++) {
            tensor.storage().setDouble(i, 4711);
        }
        tensor.markModified();
    }
}
