package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Applies an operation to the pairs of elements of two tensors, repeating axes of size 1 and missing leading axes. */
final class Broadcast {
    private Broadcast() {
    }

    /**
     * The common shape.
     *
     * @throws IllegalArgumentException if sizes differ and neither is 1
     */
    static int[] shape(Tensor a, Tensor b) {
        int[] shape = new int[Math.max(a.rank(), b.rank())];
        for (int i = 1; i <= shape.length; i++) {
            int sizeA = i <= a.rank() ? a.size(-i) : 1;
            int sizeB = i <= b.rank() ? b.size(-i) : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
                throw new IllegalArgumentException(
                        "The size of tensor a (" + sizeA + ") must match the size of tensor b (" + sizeB
                                + ") at non-singleton dimension " + (shape.length - i));
            }
            shape[shape.length - i] = sizeA == 1 ? sizeB : sizeA;
        }
        return shape;
    }

    /**
     * Computes in one type, in doubles or in longs.
     *
     * @param type the type that both operands are converted to
     * @param resultType what the results are stored as; float32 results of one operation in double are those of float32, as a double has
     *        more than twice its digits
     */
    static Tensor apply(Tensor a, Tensor b, DType type, DType resultType, DoubleBinaryOperator floats,
            LongBinaryOperator integers) {
        int[] shape = shape(a, b);
        Tensor result = Tensor.zeros(resultType, shape);
        Storage x = Conversion.to(a, type).storage();
        Storage y = Conversion.to(b, type).storage();
        Storage z = result.storage();
        Positions xAt = Conversion.to(a, type).expand(shape).positions();
        Positions yAt = Conversion.to(b, type).expand(shape).positions();
        Positions zAt = result.positions();
        while (zAt.hasNext()) {
            if (type.isFloatingPoint()) {
                z.setDouble(zAt.next(), floats.applyAsDouble(x.getDouble(xAt.next()), y.getDouble(yAt.next())));
            } else {
                z.setLong(zAt.next(), integers.applyAsLong(x.getLong(xAt.next()), y.getLong(yAt.next())));
            }
        }
        result.markModified();
        return result;
    }
}
