package dev.lanewise.core.gemm;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a matrix lie: element (i, j) of matrix number {@code b} of a batch at
 * {@code offset + b*batchStride + i*rowStride + j*columnStride} of the array, all in elements. A transpose only swaps two strides.
 */
public final class GemmOperand {
    private final String name;
    private @Nullable Object array;
    private @Nullable PackedMatrix packed;
    private @Nullable Tensor tensor;
    private int offset;
    private int rowStride;
    private int columnStride;
    private int batchStride;

    GemmOperand(String name) {
        this.name = name;
    }

    void set(Object array, int offset, int rowStride, int columnStride) {
        this.array = Objects.requireNonNull(array, name);
        this.packed = null;
        this.tensor = null;
        this.offset = offset;
        this.rowStride = rowStride;
        this.columnStride = columnStride;
    }

    /** The last two axes; the strides of the others are the caller's business. */
    void set(Tensor tensor) {
        set(tensor.storage().array(), tensor.offset(), tensor.stride(-2), tensor.stride(-1));
        this.tensor = tensor;
    }

    void set(PackedMatrix matrix) {
        array = null;
        tensor = null;
        packed = Objects.requireNonNull(matrix, name);
    }

    void setBatchStride(int stride) {
        batchStride = stride;
    }

    /** Lets go of the array, so that a call that waits for its next use does not keep the caller's alive. */
    void clear() {
        array = null;
        packed = null;
        tensor = null;
    }

    void markModified() {
        if (tensor != null) {
            tensor.markModified();
        }
    }

    String name() {
        return name;
    }

    @Nullable
    Object arrayOrNull() {
        return array;
    }

    /** The type of the elements. */
    DType dtype() {
        if (packed != null) {
            return packed.dtype();
        }
        if (array instanceof float[]) { // a switch over types would cost a first call some milliseconds
            return DType.FLOAT32;
        }
        if (array instanceof double[]) {
            return DType.FLOAT64;
        }
        throw new IllegalArgumentException(array == null
                ? name + " is missing"
                : "expected " + name + " to be float32 or float64, but got a " + array.getClass().getSimpleName());
    }

    /** The length of the array. */
    int length() {
        return array instanceof float[] floats ? floats.length : array instanceof double[] doubles ? doubles.length : 0;
    }

    /** The matrix where it was packed before, else null. */
    public @Nullable PackedMatrix packed() {
        return packed;
    }

    /** The array, {@code float[]} or {@code double[]}; of an operand that is not packed. */
    public Object array() {
        return Objects.requireNonNull(array, name);
    }

    /** The place of the first element. */
    public int offset() {
        return offset;
    }

    /** From an element to the one below it. */
    public int rowStride() {
        return rowStride;
    }

    /** From an element to the one to its right. */
    public int columnStride() {
        return columnStride;
    }

    /** From a matrix to the next one of the batch; 0 where one serves for all. */
    public int batchStride() {
        return batchStride;
    }
}
