package dev.lanewise.core.testkit;

import static dev.lanewise.core.testkit.Plans.batched;
import static dev.lanewise.core.testkit.Plans.check;

import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What a provider computes, against arithmetic on small integers, which is exact. */
record Algebra(Plans plans) {
    void isLinear(Conv2dCase any) {
        Conv2dCase c = any.withValues(Values.INTEGERS, Values.INTEGERS).withBias(false);
        int a = c.seed() % 7 - 3;
        Tensor x1 = c.x();
        Tensor x2 = c.x(1);
        Tensor w1 = c.weight();
        Tensor w2 = c.weight(1);

        Equality.assertSameBits(sum(a, plans.convolve(c, x1, w1, null), plans.convolve(c, x2, w1, null)),
                plans.convolve(c, sum(a, x1, x2), w1, null),
                "linear in x");
        Equality.assertSameBits(sum(a, plans.convolve(c, x1, w1, null), plans.convolve(c, x1, w2, null)),
                plans.convolve(c, x1, sum(a, w1, w2), null),
                "linear in w");
    }

    void isTheMatrixProduct(Conv2dCase any) {
        Conv2dCase c = pointwise(any.withValues(Values.INTEGERS, Values.INTEGERS));
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor x = batched(c.x());
        Tensor y = batched(plans.convolve(c, c.x(), weight, bias));
        for (int n = 0; n < y.size(0); n++) {
            for (int o = 0; o < y.size(1); o++) {
                for (int i = 0; i < y.size(2) * y.size(3); i++) {
                    int row = i / y.size(3);
                    int column = i % y.size(3);
                    double sum = bias == null ? 0 : bias.getDouble(o);
                    for (int k = 0; k < x.size(1); k++) {
                        sum += weight.getDouble(o, k, 0, 0) * x.getDouble(n, k, row, column);
                    }
                    double computed = y.getDouble(n, o, row, column);
                    check(sum == computed, "element [" + n + ", " + o + ", " + row + ", " + column + "] is " + computed
                            + ", the matrix product's is " + sum);
                }
            }
        }
    }

    private static Conv2dCase pointwise(Conv2dCase c) {
        Conv2dSpec spec = c.spec().withStride(1).withPadding(Padding.NONE).withPaddingMode(PaddingMode.ZEROS)
                .withGroups(1);
        List<Integer> x = new ArrayList<>(c.xShape());
        int in = c.weightShape().get(1);
        x.set(x.size() - 3, in);
        return c.withSpec(spec).withShapes(x, List.of(c.weightShape().get(0) / c.spec().groups(), in, 1, 1));
    }

    /** a * first + second. */
    private static Tensor sum(int a, Tensor first, Tensor second) {
        Tensor sum = first.copy();
        Storage other = second.copy().storage();
        for (int i = 0; i < sum.numel(); i++) {
            sum.storage().setDouble(i, a * sum.storage().getDouble(i) + other.getDouble(i));
        }
        return sum;
    }
}
