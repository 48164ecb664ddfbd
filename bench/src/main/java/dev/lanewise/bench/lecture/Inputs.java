package dev.lanewise.bench.lecture;

import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/** The image and the kernel of the first section, for those that use them again. */
final class Inputs {
    private Inputs() {
    }

    /** An image [8, 8] of two halves. */
    static Tensor image() {
        Tensor image = Tensors.zeros(DType.FLOAT64, 8, 8);
        Assignment.fill(image.slice(1, 0, 4, 1), 4.0);
        Assignment.fill(image.slice(1, 4, 8, 1), 1.0);
        return image;
    }

    /** A kernel [3, 3] that answers to vertical edges. */
    static Tensor kernel() {
        Tensor kernel = Tensors.zeros(DType.FLOAT64, 3, 3);
        Assignment.fill(kernel.select(1, 0), -1.0);
        Assignment.fill(kernel.select(1, 2), 1.0);
        return kernel;
    }
}
