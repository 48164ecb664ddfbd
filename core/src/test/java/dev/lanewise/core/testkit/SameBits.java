package dev.lanewise.core.testkit;

import static dev.lanewise.core.testkit.Plans.WORKERS;
import static dev.lanewise.core.testkit.Plans.about;

import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.tensor.Tensor;

/** What a provider computes, against the reference. */
record SameBits(Plans plans) {
    void asTheReference(Conv2dCase c) {
        Tensor x = c.x();
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor y = c.y();
        Guard aroundX = Guard.of(x);
        Guard aroundWeight = Guard.of(weight);
        Guard aroundBias = bias == null ? aroundWeight : Guard.of(bias);
        Guard aroundY = Guard.around(y);

        Conv2dPlan plan = plans.provider().plan(c.shape(), weight, bias, plans.options());
        plan.run(x, y);

        Equality.assertSameBits(c.expected(), y, () -> about(plan));
        aroundX.assertUntouched("x");
        aroundWeight.assertUntouched("the weight");
        aroundBias.assertUntouched("the bias");
        aroundY.assertUntouched("the array around y, of " + about(plan) + ",");
    }

    void asTheReferenceByThreads(Conv2dCase c) {
        Conv2dPlan plan = plans.provider().plan(c.shape(), c.weight(), c.bias(),
                plans.options().withWorkers(WORKERS.get(0)));
        Tensor y = c.y();
        Guard aroundY = Guard.around(y);
        plan.run(c.x(), y);
        Equality.assertSameBits(c.expected(), y, () -> about(plan));
        aroundY.assertUntouched("the array around y, of " + about(plan) + ",");
    }
}
