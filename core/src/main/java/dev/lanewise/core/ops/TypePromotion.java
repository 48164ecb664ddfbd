package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/**
 * PyTorch's type of the result of an operation on two tensors.
 *
 * <p>Types fall into three kinds: bool, integers, floating point. The higher kind wins; within a kind a tensor with axes wins over one
 * without, and otherwise the wider type.
 */
public final class TypePromotion {
    private TypePromotion() {
    }

    /**
     * The common type of two tensors.
     *
     * @throws IllegalArgumentException for int8 with uint8, whose common type int16 there is none of here
     */
    public static DType promote(Tensor a, Tensor b) {
        int kindA = kind(a.dtype());
        int kindB = kind(b.dtype());
        if (kindA != kindB) {
            return kindA > kindB ? a.dtype() : b.dtype();
        }
        if ((a.rank() == 0) != (b.rank() == 0)) {
            return a.rank() == 0 ? b.dtype() : a.dtype();
        }
        return wider(a.dtype(), b.dtype());
    }

    /** The type of a tensor with a Java number: a fraction makes integers and bool float32, a whole number makes bool int64. */
    static DType promote(Tensor tensor, boolean fractional) {
        DType number = fractional ? DType.FLOAT32 : DType.INT64;
        return kind(tensor.dtype()) >= kind(number) ? tensor.dtype() : number;
    }

    private static DType wider(DType a, DType b) {
        if (a.bytes() == b.bytes() && a != b) { // only these two
            throw new IllegalArgumentException(
                    "int8 and uint8 have the common type int16, which is not supported; convert one of them");
        }
        return a.bytes() >= b.bytes() ? a : b;
    }

    private static int kind(DType dtype) {
        return dtype.isFloatingPoint() ? 2 : dtype.isInteger() ? 1 : 0;
    }
}
