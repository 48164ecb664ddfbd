package dev.lanewise.core.ops;

import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/**
 * New tensors, as PyTorch's factory functions make them: float32 unless said otherwise, int64 for counting.
 *
 * <pre>{@code
 * Tensor image = Tensors.zeros(1, 1, 8, 8);
 * Tensor kernel = Tensors.tensor(new float[][] {{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}});
 * }</pre>
 */
public final class Tensors {
    private Tensors() {
    }

    /** Float32 zeros. */
    public static Tensor zeros(int... shape) {
        return Tensor.zeros(DType.FLOAT32, shape);
    }

    /** Zeros of a type. */
    public static Tensor zeros(DType dtype, int... shape) {
        return Tensor.zeros(dtype, shape);
    }

    /** Float32 ones. */
    public static Tensor ones(int... shape) {
        return ones(DType.FLOAT32, shape);
    }

    /** Ones of a type. */
    public static Tensor ones(DType dtype, int... shape) {
        return full(dtype, 1, shape);
    }

    /** One value everywhere. */
    public static Tensor full(DType dtype, double value, int... shape) {
        Tensor tensor = Tensor.zeros(dtype, shape);
        Assignment.fill(tensor, value);
        return tensor;
    }

    /** A tensor without axes that holds one value. */
    public static Tensor scalar(DType dtype, double value) {
        return full(dtype, value);
    }

    /** The int64 numbers 0 to end-1. */
    public static Tensor arange(long end) {
        return arange(0, end, 1);
    }

    /**
     * The int64 numbers from start (inclusive) to end (exclusive).
     *
     * @throws IllegalArgumentException if step is zero, or leads away from end
     */
    public static Tensor arange(long start, long end, long step) {
        checkRange(step != 0, step > 0 ? start <= end : start >= end);
        long distance = Math.subtractExact(end, start);
        long count = step > 0
                ? Math.ceilDiv(distance, step)
                : Math.ceilDiv(Math.negateExact(distance), Math.negateExact(step));
        long[] values = new long[checkedCount((double) count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return Tensor.of(values, values.length);
    }

    /**
     * The numbers start + i*step from start (inclusive) to end (exclusive), float32 or float64.
     *
     * @throws IllegalArgumentException if step is zero, or leads away from end
     */
    public static Tensor arange(DType dtype, double start, double end, double step) {
        checkRange(step != 0, step > 0 ? start <= end : start >= end);
        Tensor tensor = Tensor.zeros(dtype, checkedCount(Math.ceil((end - start) / step)));
        for (int i = 0; i < tensor.numel(); i++) {
            tensor.storage().setDouble(i, start + i * step);
        }
        tensor.markModified();
        return tensor;
    }

    private static void checkRange(boolean moves, boolean towards) {
        if (!moves) {
            throw new IllegalArgumentException("step must be nonzero");
        }
        if (!towards) {
            throw new IllegalArgumentException("upper bound and lower bound inconsistent with step sign");
        }
    }

    private static int checkedCount(double count) {
        if (!(count <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("arange of " + count + " elements has more than 2147483647 elements");
        }
        return (int) count;
    }

    /** Float32 numbers, uniform on [0, 1). */
    public static Tensor rand(Generator generator, int... shape) {
        return RandomTensors.rand(generator, shape);
    }

    /** Float32 numbers, standard normal. */
    public static Tensor randn(Generator generator, int... shape) {
        return RandomTensors.randn(generator, shape);
    }

    /**
     * A tensor from nested Java arrays: {@code new long[][] {{1, 2}, {3, 4}}}. The innermost element type decides the type: float, double,
     * long, int, byte (int8) or boolean.
     *
     * @throws IllegalArgumentException if the arrays are of other types, or sisters differ in length
     */
    public static Tensor tensor(Object nested) {
        return NestedArrays.toTensor(nested);
    }
}
