package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The checks that every provider's {@link Conv2dPlan#run} makes before it writes anything. They allocate nothing. */
public final class RunChecks {
    private final DType dtype;
    private final boolean addsResidual;
    private final int[] xShape;
    private final int[] yShape;

    /**
     * The checks of a plan for this convolution.
     *
     * @throws IllegalArgumentException if there are epilogues and the type is not float32 or float64
     */
    public RunChecks(Conv2dShape shape, Conv2dOptions options) {
        if (!options.epilogues().isEmpty() && !shape.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "epilogues are for float32 and float64, not for " + shape.dtype().label());
        }
        this.addsResidual = options.addsResidual();
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

    /**
     * {@link #check(Tensor, Tensor)}, and the residual, which has y's shape and may overlap x but not y.
     *
     * @param residual null in a run without one
     * @throws IllegalArgumentException as there, or if the residual is missing, not wanted, or overlaps y
     */
    public void check(Tensor x, @Nullable Tensor residual, Tensor y) {
        check(x, y);
        if ((residual != null) != addsResidual) {
            throw new IllegalArgumentException(residual == null
                    ? "this plan adds a residual of shape " + Shapes.format(yShape) + ", but got none"
                    : "this plan adds no residual, but got one: " + residual);
        }
        if (residual != null) {
            checkTensor("residual", residual, yShape);
            if (residual.overlaps(y)) {
                throw new IllegalArgumentException("y " + y + " overlaps the residual " + residual + " in memory");
            }
        }
    }

    private void checkTensor(String name, Tensor tensor, int[] shape) {
        if (tensor.dtype() != dtype || !tensor.hasShape(shape)) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be " + dtype.label() + Shapes.format(shape) + ", but got " + tensor);
        }
    }
}
