package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Tensor;

/** Comparisons, element by element with PyTorch's broadcasting; both sides are compared in their common type. */
public final class Comparison {
    private static final double RTOL = 1e-5;
    private static final double ATOL = 1e-8;

    private Comparison() {
    }

    /** {@code a == b}, a bool tensor. Zeros of both signs are equal, NaN equals nothing. */
    public static Tensor eq(Tensor a, Tensor b) {
        return eq(a, b, TypePromotion.promote(a, b));
    }

    /** {@code a == b}, a bool tensor. */
    public static Tensor eq(Tensor a, double b) {
        DType type = TypePromotion.promote(a, true);
        return eq(a, Tensors.scalar(type, b), type);
    }

    private static Tensor eq(Tensor a, Tensor b, DType type) {
        return Broadcast.apply(a, b, type, DType.BOOL, (x, y) -> x == y ? 1 : 0, (x, y) -> x == y ? 1 : 0);
    }

    /** {@code a < b}, a bool tensor. */
    public static Tensor lt(Tensor a, Tensor b) {
        return lt(a, b, TypePromotion.promote(a, b));
    }

    /** {@code a < b}, a bool tensor. */
    public static Tensor lt(Tensor a, double b) {
        DType type = TypePromotion.promote(a, true);
        return lt(a, Tensors.scalar(type, b), type);
    }

    private static Tensor lt(Tensor a, Tensor b, DType type) {
        return Broadcast.apply(a, b, type, DType.BOOL, (x, y) -> x < y ? 1 : 0, (x, y) -> x < y ? 1 : 0);
    }

    /** {@link #allclose(Tensor, Tensor, double, double)} with PyTorch's tolerances 1e-5 and 1e-8. */
    public static boolean allclose(Tensor a, Tensor b) {
        return allclose(a, b, RTOL, ATOL);
    }

    /**
     * Whether {@code |a - b| <= atol + rtol * |b|} for all pairs of elements. Equal infinities are close, NaN is close to nothing.
     *
     * @throws IllegalArgumentException if the types differ
     */
    public static boolean allclose(Tensor a, Tensor b, double rtol, double atol) {
        if (a.dtype() != b.dtype()) {
            throw new IllegalArgumentException(a.dtype().scalarName() + " did not match " + b.dtype().scalarName());
        }
        int[] shape = Broadcast.shape(a, b);
        Positions xAt = a.expand(shape).positions();
        Positions yAt = b.expand(shape).positions();
        while (xAt.hasNext()) {
            double x = a.storage().getDouble(xAt.next());
            double y = b.storage().getDouble(yAt.next());
            boolean close = x == y || (Double.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y));
            if (!close) {
                return false;
            }
        }
        return true;
    }
}
