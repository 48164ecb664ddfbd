package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;

/** The checks that every provider's {@link Conv2dPlan#run} makes before it writes anything. */
public final class RunChecks {
    private RunChecks() {
    }

    /**
     * Checks the tensors of a run.
     *
     * @throws IllegalArgumentException if a type or shape is not that of the plan, x and y overlap, or elements of y share a place
     */
    public static void check(Conv2dShape shape, Tensor x, Tensor y) {
        checkTensor("x", x, shape.dtype(), shape.inputShape());
        checkTensor("y", y, shape.dtype(), shape.outputShape());
        if (x.overlaps(y)) {
            throw new IllegalArgumentException("y " + y + " overlaps x " + x + " in memory");
        }
        for (int axis = 0; axis < y.rank(); axis++) {
            if (y.stride(axis) == 0 && y.size(axis) > 1) {
                throw new IllegalArgumentException("elements of y " + y + " with strides " + Shapes.format(y.strides())
                        + " share places in memory");
            }
        }
    }

    private static void checkTensor(String name, Tensor tensor, DType dtype, int[] shape) {
        if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be " + dtype.label() + Shapes.format(shape) + ", but got " + tensor);
        }
    }
}
