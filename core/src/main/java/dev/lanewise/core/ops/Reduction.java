package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;

/** Many elements to one, a tensor without axes. */
public final class Reduction {
    private Reduction() {
    }

    /** The sum: int64 for integers and bool; floating point is summed in double and rounded once to the tensor's type. */
    public static Tensor sum(Tensor tensor) {
        Storage storage = tensor.storage();
        boolean floats = tensor.dtype().isFloatingPoint();
        Tensor result = Tensor.zeros(floats ? tensor.dtype() : DType.INT64);
        double sum = 0;
        long integerSum = 0;
        for (Positions at = tensor.positions(); at.hasNext();) {
            int position = at.next();
            if (floats) {
                sum += storage.getDouble(position);
            } else {
                integerSum += storage.getLong(position);
            }
        }
        if (floats) {
            result.storage().setDouble(0, sum);
        } else {
            result.storage().setLong(0, integerSum);
        }
        result.markModified();
        return result;
    }

    /** Whether no element is zero or false, a bool tensor; true for an empty one. */
    public static Tensor all(Tensor tensor) {
        Storage storage = tensor.storage();
        boolean all = true;
        for (Positions at = tensor.positions(); at.hasNext();) {
            all &= storage.getDouble(at.next()) != 0;
        }
        return Tensor.of(new boolean[] {all});
    }
}
