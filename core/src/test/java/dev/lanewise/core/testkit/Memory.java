package dev.lanewise.core.testkit;

import static dev.lanewise.core.testkit.Plans.about;
import static dev.lanewise.core.testkit.Plans.run;

import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Where tensors lie changes nothing, and what does not fit is refused before anything is written. */
record Memory(Plans plans) {
    /** The places in which a tensor may begin: more than a vector has lanes, and than a cache line has elements. */
    private static final int OFFSETS = 40;

    void offsets(Conv2dCase c) {
        Tensor bias = c.bias();
        Tensor expected = run(plans.make(c, Workers.sequential()), c.x());
        SplittableRandom random = new SplittableRandom(c.seed());
        Conv2dPlan plan = plans.make(c, at(c.weight(), random), bias == null ? null : at(bias, random),
                plans.options());
        Tensor y = at(c.y(), random);
        Guard aroundY = Guard.around(y);
        plan.run(at(c.x(), random), y);
        Equality.assertSameBits(expected, y, () -> "y at offset " + y.offset() + ": " + about(plan));
        aroundY.assertUntouched("the array around y, of " + about(plan) + ",");
    }

    void overlap(Conv2dCase c) {
        Conv2dPlan plan = plans.make(c, Workers.sequential());
        Tensor values = c.x();
        int[] out = c.shape().outputShape();
        int outputs = Shapes.numel(out);
        Tensor array = Tensor.zeros(c.dtype(), outputs + values.numel() + outputs);
        Tensor x = array.narrow(0, outputs, values.numel()).view(values.shape());
        x.copyFrom(values);
        int start = new SplittableRandom(c.seed()).nextInt(array.numel() - outputs + 1);
        Tensor y = array.narrow(0, start, outputs).view(out);
        boolean apart = start + outputs <= outputs || start >= outputs + values.numel() || outputs == 0
                || values.numel() == 0;
        if (apart) {
            Tensor expected = run(plan, values);
            plan.run(x, y);
            Equality.assertSameBits(expected, y, () -> "x and y in one array: " + about(plan));
        } else {
            assertRefused(plan, x, y, "y that overlaps x");
        }
    }

    void badArguments(Conv2dCase c) {
        Conv2dPlan plan = plans.make(c, Workers.sequential());
        DType dtype = c.dtype();
        DType other = dtype == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
        int[] in = c.shape().inputShape();
        int[] out = c.shape().outputShape();
        assertRefused(plan, Tensor.zeros(dtype, oneMoreColumn(in)), c.y(), "x with one column more");
        assertRefused(plan, c.x(), Tensor.zeros(dtype, oneMoreColumn(out)), "y with one column more");
        assertRefused(plan, Tensor.zeros(other, in), c.y(), "x of another type");
        assertRefused(plan, c.x(), Tensor.zeros(other, out), "y of another type");
        assertRefused(plan, c.x().unsqueeze(0), c.y(), "x with one axis more");
        assertRefused(plan, c.x(), c.y().unsqueeze(0), "y with one axis more");
        Tensor x = c.x();
        Tensor y = c.y();
        if (x.numel() > 0 && y.numel() > 0) {
            Tensor shared = Tensor.zeros(dtype, Math.max(x.numel(), y.numel()));
            assertRefused(plan, shared.slice(0, 0, x.numel(), 1).view(in),
                    shared.slice(0, 0, y.numel(), 1).view(out), "y in x's place");
        }
        if (y.numel() > 1) {
            int[] ones = new int[out.length];
            Arrays.fill(ones, 1);
            assertRefused(plan, x, Tensor.zeros(dtype, ones).expand(out), "y whose elements share a place");
        }
    }

    private void assertRefused(Conv2dPlan plan, Tensor x, Tensor y, String what) {
        Guard aroundX = Guard.of(x);
        Guard aroundY = Guard.of(y);
        try {
            plan.run(x, y);
        } catch (IllegalArgumentException expected) {
            aroundX.assertUntouched("x, in a run that refused " + what + ",");
            aroundY.assertUntouched("y, in a run that refused " + what + ",");
            return;
        }
        throw new AssertionError(what + " was accepted: " + about(plan));
    }

    private static int[] oneMoreColumn(int... shape) {
        int[] more = shape.clone();
        more[more.length - 1]++;
        return more;
    }

    /** A contiguous copy that begins somewhere in a larger array. */
    private static Tensor at(Tensor tensor, SplittableRandom random) {
        int offset = random.nextInt(OFFSETS);
        Tensor array = Tensor.zeros(tensor.dtype(), offset + tensor.numel() + random.nextInt(OFFSETS));
        Tensor moved = array.narrow(0, offset, tensor.numel()).view(tensor.shape());
        moved.copyFrom(tensor);
        return moved;
    }
}
