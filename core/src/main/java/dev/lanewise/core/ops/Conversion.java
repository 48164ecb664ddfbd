package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;

/**
 * Tensors in another element type: floats become integers by truncation toward zero, integers wrap, bool is {@code value != 0}.
 */
public final class Conversion {
    private Conversion() {
    }

    /** {@code tensor.to(dtype)}: the tensor itself where it has the type, a contiguous copy elsewhere. */
    public static Tensor to(Tensor tensor, DType dtype) {
        if (tensor.dtype() == dtype) {
            return tensor;
        }
        Tensor converted = Tensor.zeros(dtype, tensor.shape());
        copy(tensor, converted);
        return converted;
    }

    /** {@code tensor.float()}. */
    public static Tensor toFloat(Tensor tensor) {
        return to(tensor, DType.FLOAT32);
    }

    /** {@code tensor.double()}. */
    public static Tensor toDouble(Tensor tensor) {
        return to(tensor, DType.FLOAT64);
    }

    /** Writes the elements of one tensor into another of the same shape that does not overlap it. */
    static void copy(Tensor from, Tensor to) {
        Storage source = from.storage();
        Storage target = to.storage();
        boolean throughLong = !from.dtype().isFloatingPoint(); // an int64 has more digits than a double
        Positions sourceAt = from.positions();
        Positions targetAt = to.positions();
        while (targetAt.hasNext()) {
            if (throughLong) {
                target.setLong(targetAt.next(), source.getLong(sourceAt.next()));
            } else {
                target.setDouble(targetAt.next(), source.getDouble(sourceAt.next()));
            }
        }
        to.markModified();
    }
}
