package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;

/** The checks that every provider's {@link Conv2dPlan#run} makes before it writes anything. They allocate nothing. */
public final class RunChecks {
    private final DType dtype;
    private final int[] xShape;
    private final int[] yShape;

    /** The checks of a plan for this convolution. */
    public RunChecks(Conv2dShape shape) {
        this.dtype = shape.dtype();
        this.xShape = shape.inputShape();
        this.yShape = shape.outputShape();
    }

    /**
     * Checks the tensors of a run.
     *
     * @throws IllegalArgumentException if a type or shape is not that of the plan, x and y overlap, or elements of y share a place
     */
    public void check(Tensor x, Tensor y) {
        checkTensor("x", x, xShape);
        checkTensor("y", y, yShape);
        if (x.overlaps(y)) {
            throw new IllegalArgumentException("y " + y + " overlaps x " + x + " in memory");
        }
        if (y.repeatsElements()) {
            throw new IllegalArgumentException(
                    "elements of y " + y + " with strides " + Shapes.format(y.strides()) + " share places in memory");
        }
    }

    private void checkTensor(String name, Tensor tensor, int[] shape) {
        if (tensor.dtype() != dtype || !tensor.hasShape(shape)) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be " + dtype.label() + Shapes.format(shape) + ", but got " + tensor);
        }
    }
}
