package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/**
 * Element by element arithmetic, with PyTorch's broadcasting and type promotion. Integers wrap; a division is a true one, so that
 * integers divide to float32; for bool, + is «or» and * is «and».
 *
 * <p>A Java {@code long} and a {@code double} stand for Python's {@code int} and {@code float}: {@code add(x, 1)} keeps an integer tensor's type,
 * {@code add(x, 0.5)} makes it float32.
 */
public final class Arithmetic {
    private Arithmetic() {
    }

    /** {@code a + b}. */
    public static Tensor add(Tensor a, Tensor b) {
        return add(a, b, TypePromotion.promote(a, b));
    }

    /** {@code a + b}. */
    public static Tensor add(Tensor a, double b) {
        DType type = TypePromotion.promote(a, true);
        return add(a, Tensors.scalar(type, b), type);
    }

    /** {@code a + b}. */
    public static Tensor add(Tensor a, long b) {
        DType type = TypePromotion.promote(a, false);
        return add(a, number(type, b), type);
    }

    private static Tensor add(Tensor a, Tensor b, DType type) {
        return Broadcast.apply(a, b, type, type, (x, y) -> x + y, (x, y) -> x + y);
    }

    /** {@code a - b}. */
    public static Tensor subtract(Tensor a, Tensor b) {
        return subtract(a, b, TypePromotion.promote(a, b));
    }

    /** {@code a - b}. */
    public static Tensor subtract(Tensor a, double b) {
        DType type = TypePromotion.promote(a, true);
        return subtract(a, Tensors.scalar(type, b), type);
    }

    /** {@code a - b}. */
    public static Tensor subtract(Tensor a, long b) {
        DType type = TypePromotion.promote(a, false);
        return subtract(a, number(type, b), type);
    }

    private static Tensor subtract(Tensor a, Tensor b, DType type) {
        if (type == DType.BOOL) {
            throw new IllegalArgumentException(
                    "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.");
        }
        return Broadcast.apply(a, b, type, type, (x, y) -> x - y, (x, y) -> x - y);
    }

    /** {@code a * b}. */
    public static Tensor multiply(Tensor a, Tensor b) {
        return multiply(a, b, TypePromotion.promote(a, b));
    }

    /** {@code a * b}. */
    public static Tensor multiply(Tensor a, double b) {
        DType type = TypePromotion.promote(a, true);
        return multiply(a, Tensors.scalar(type, b), type);
    }

    /** {@code a * b}. */
    public static Tensor multiply(Tensor a, long b) {
        DType type = TypePromotion.promote(a, false);
        return multiply(a, number(type, b), type);
    }

    private static Tensor multiply(Tensor a, Tensor b, DType type) {
        return Broadcast.apply(a, b, type, type, (x, y) -> x * y, (x, y) -> x * y);
    }

    /** {@code a / b}. */
    public static Tensor divide(Tensor a, Tensor b) {
        DType type = TypePromotion.promote(a, b);
        return divide(a, b, type.isFloatingPoint() ? type : DType.FLOAT32);
    }

    /** {@code a / b}. */
    public static Tensor divide(Tensor a, double b) {
        DType type = TypePromotion.promote(a, true);
        return divide(a, Tensors.scalar(type, b), type);
    }

    private static Tensor divide(Tensor a, Tensor b, DType type) {
        return Broadcast.apply(a, b, type, type, (x, y) -> x / y, (x, y) -> {
            throw new AssertionError("integers divide as floats");
        });
    }

    /** {@code abs(a)}; the smallest integer of a type stays negative. */
    public static Tensor abs(Tensor a) {
        if (a.dtype() == DType.BOOL) {
            throw new IllegalArgumentException("\"abs_cpu\" not implemented for 'Bool'");
        }
        return Broadcast.apply(a, a, a.dtype(), a.dtype(), (x, y) -> Math.abs(x), (x, y) -> Math.abs(x));
    }

    private static Tensor number(DType type, long value) {
        return Conversion.to(Tensor.of(new long[] {value}), type);
    }
}
