package dev.lanewise.core.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * A flat array seen through an offset, a shape and strides.
 *
 * <p>Element {@code (i0, i1, ...)} is at position {@code offset + i0*stride0 + i1*stride1 + ...} of the array. Views share the
 * array: what is written through one is seen through all. A tensor made by {@code of} wraps the caller's array without a copy.
 * Sizes, strides and the offset are in elements. Strides are never negative; a stride of 0 repeats one element.
 *
 * <p>Reading is safe from many threads; writing is the caller's to order. Code that writes to {@link #array} itself calls
 * {@link #markModified} afterwards, so that a layer that keeps packed weights notices.
 */
public final class Tensor {
    private final Storage storage;
    private final int offset;
    private final int[] shape;
    private final int[] strides;
    private final int numel;

    private Tensor(Storage storage, int offset, int[] shape, int[] strides) {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.numel = Shapes.numel(shape);
    }

    // ---- making ----

    /** Wraps a float32 array, row-major; its length must be the product of the sizes. */
    public static Tensor of(float[] array, int... shape) {
        return contiguous(Storage.wrap(DType.FLOAT32, array), shape);
    }

    /** Wraps a float64 array, row-major; its length must be the product of the sizes. */
    public static Tensor of(double[] array, int... shape) {
        return contiguous(Storage.wrap(DType.FLOAT64, array), shape);
    }

    /** Wraps an int64 array, row-major; its length must be the product of the sizes. */
    public static Tensor of(long[] array, int... shape) {
        return contiguous(Storage.wrap(DType.INT64, array), shape);
    }

    /** Wraps an int32 array, row-major; its length must be the product of the sizes. */
    public static Tensor of(int[] array, int... shape) {
        return contiguous(Storage.wrap(DType.INT32, array), shape);
    }

    /** Wraps an int8 array, row-major; its length must be the product of the sizes. */
    public static Tensor of(byte[] array, int... shape) {
        return contiguous(Storage.wrap(DType.INT8, array), shape);
    }

    /** Wraps a uint8 array, row-major; its length must be the product of the sizes. */
    public static Tensor ofUnsigned(byte[] array, int... shape) {
        return contiguous(Storage.wrap(DType.UINT8, array), shape);
    }

    /** Wraps a bool array, row-major; its length must be the product of the sizes. */
    public static Tensor of(boolean[] array, int... shape) {
        return contiguous(Storage.wrap(DType.BOOL, array), shape);
    }

    /** A new tensor of zeros, row-major. */
    public static Tensor zeros(DType dtype, int... shape) {
        return contiguous(Storage.allocate(dtype, Shapes.numel(shape)), shape);
    }

    /**
     * Wraps an array of the type that {@code dtype} lives in, with any offset and strides.
     *
     * @throws IllegalArgumentException if an element would lie outside the array, or a stride is negative
     */
    public static Tensor strided(DType dtype, Object array, int offset, int[] shape, int[] strides) {
        return view(Storage.wrap(dtype, array), offset, shape, strides);
    }

    private static Tensor contiguous(Storage storage, int... shape) {
        int numel = Shapes.numel(shape);
        if (storage.length() != numel) {
            throw new IllegalArgumentException(
                    "shape " + Shapes.format(shape) + " needs " + numel + " elements, but the array has "
                            + storage.length());
        }
        return new Tensor(storage, 0, shape.clone(), Shapes.contiguousStrides(shape));
    }

    private static Tensor view(Storage storage, int offset, int[] shape, int[] strides) {
        if (shape.length != strides.length) {
            throw new IllegalArgumentException(
                    "shape " + Shapes.format(shape) + " and strides " + Shapes.format(strides) + " differ in length");
        }
        long last = offset;
        for (int axis = 0; axis < shape.length; axis++) {
            if (strides[axis] < 0) {
                throw new IllegalArgumentException("negative stride in strides " + Shapes.format(strides));
            }
            last += (long) Math.max(shape[axis] - 1, 0) * strides[axis];
        }
        boolean inside = Shapes.numel(shape) == 0 || last < storage.length();
        if (offset < 0 || offset > storage.length() || !inside) {
            throw new IllegalArgumentException("a tensor of shape " + Shapes.format(shape) + " with strides "
                    + Shapes.format(strides) + " at offset " + offset
                    + " does not fit into an array of " + storage.length() + " elements");
        }
        return new Tensor(storage, offset, shape.clone(), strides.clone());
    }

    // ---- asking ----

    /** The element type. */
    public DType dtype() {
        return storage.dtype();
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** The size of an axis; a negative axis counts from the end. */
    public int size(int axis) {
        return shape[Shapes.wrapAxis(axis, rank())];
    }

    /** The sizes of all axes, a copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** The stride of an axis; a negative axis counts from the end. */
    public int stride(int axis) {
        return strides[Shapes.wrapAxis(axis, rank())];
    }

    /** The strides of all axes, a copy. */
    public int[] strides() {
        return strides.clone();
    }

    /** The position of the first element in the array. */
    public int offset() {
        return offset;
    }

    /** The number of elements. */
    public int numel() {
        return numel;
    }

    /** The storage that all views of this tensor share. */
    public Storage storage() {
        return storage;
    }

    /** Whether the sizes are these, told without a copy of them. */
    public boolean hasShape(int... sizes) {
        return Arrays.equals(shape, sizes);
    }

    /** Whether two elements lie at one place of the array: surely where a stride is 0, possibly where axes interleave. */
    public boolean repeatsElements() {
        if (numel <= 1 || isContiguous()) {
            return false;
        }
        // Sound for axes that nest, each stride passing what the smaller ones span, as those of all views of a plain array do.
        for (int axis = 0; axis < rank(); axis++) {
            long span = 0;
            for (int other = 0; other < rank(); other++) {
                boolean smaller = strides[other] < strides[axis] || (strides[other] == strides[axis] && other > axis);
                span += smaller && shape[other] > 1 ? (long) (shape[other] - 1) * strides[other] : 0;
            }
            if (shape[axis] > 1 && strides[axis] <= span) {
                return true;
            }
        }
        return false;
    }

    /** Whether the elements lie in row-major order without gaps; strides of size-1 axes do not count, empty tensors do. */
    public boolean isContiguous() {
        int expected = 1;
        for (int axis = rank() - 1; axis >= 0 && numel > 0; axis--) {
            if (shape[axis] != 1) {
                if (strides[axis] != expected) {
                    return false;
                }
                expected *= shape[axis];
            }
        }
        return true;
    }

    // ---- elements ----

    /** The array of a float32 tensor, shared. */
    public float[] floats() {
        return (float[]) array(DType.FLOAT32);
    }

    /** The array of a float64 tensor, shared. */
    public double[] doubles() {
        return (double[]) array(DType.FLOAT64);
    }

    /** The array of a tensor of the given type, shared; see {@link DType} for its class. */
    public Object array(DType expected) {
        if (dtype() != expected) {
            throw new IllegalArgumentException(
                    "expected scalar type " + expected.scalarName() + " but found " + dtype().scalarName());
        }
        return storage.array();
    }

    /** Tells layers that keep something derived from this tensor that its array was written. */
    public void markModified() {
        storage.markModified();
    }

    /** The position of an element in the array; one index per axis, negative ones count from the end. */
    public int position(int... index) {
        if (index.length != rank()) {
            throw new IllegalArgumentException(index.length + " indices for a tensor of shape " + Shapes.format(shape));
        }
        int position = offset;
        for (int axis = 0; axis < index.length; axis++) {
            int i = index[axis] < 0 ? index[axis] + shape[axis] : index[axis];
            if (i < 0 || i >= shape[axis]) {
                throw new IndexOutOfBoundsException("index " + index[axis] + " is out of bounds for dimension " + axis
                        + " with size " + shape[axis]);
            }
            position += i * strides[axis];
        }
        return position;
    }

    /** One element as a double. */
    public double getDouble(int... index) {
        return storage.getDouble(position(index));
    }

    /** One element as a long. */
    public long getLong(int... index) {
        return storage.getLong(position(index));
    }

    /** Sets one element. */
    public void set(double value, int... index) {
        storage.setDouble(position(index), value);
        markModified();
    }

    /** The storage positions of all elements in row-major order. */
    public Positions positions() {
        return new Positions(offset, shape, strides, numel);
    }

    // ---- views ----

    /** The same array, seen in another way; the arrays become the tensor's own. */
    Tensor withLayout(int newOffset, int[] newShape, int[] newStrides) {
        return new Tensor(storage, newOffset, newShape, newStrides);
    }

    /**
     * The same elements in another shape, without a copy; one size may be -1.
     *
     * @throws IllegalArgumentException if the element counts differ, or no strides can express the shape
     */
    public Tensor view(int... newShape) {
        int[] inferred = ViewRules.inferShape(numel, newShape);
        int[] newStrides = ViewRules.strides(shape, strides, inferred);
        if (newStrides == null) {
            throw new IllegalArgumentException("view size is not compatible with input tensor's size and stride "
                    + "(at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.");
        }
        return new Tensor(storage, offset, inferred, newStrides);
    }

    /** The same elements in another shape: a view where there can be one, a contiguous copy elsewhere. */
    public Tensor reshape(int... newShape) {
        int[] inferred = ViewRules.inferShape(numel, newShape);
        return ViewRules.strides(shape, strides, inferred) != null ? view(inferred) : copy().view(inferred);
    }

    /** A view with the axes in another order: axis {@code i} of the result is axis {@code axes[i]} of this tensor. */
    public Tensor permute(int... axes) {
        return Views.permute(this, axes);
    }

    /** A view with two axes swapped. */
    public Tensor transpose(int axis0, int axis1) {
        return Views.transpose(this, axis0, axis1);
    }

    /** A view of every {@code step}-th index of one axis, from {@code start} (inclusive) to {@code end} (exclusive), clipped as Python clips. */
    public Tensor slice(int axis, int start, int end, int step) {
        return Views.slice(this, axis, start, end, step);
    }

    /** A view without one axis, at one index of it. */
    public Tensor select(int axis, int index) {
        return Views.select(this, axis, index);
    }

    /** A view with a new axis of size 1 at the given place; -1 means behind the last axis. */
    public Tensor unsqueeze(int axis) {
        return Views.unsqueeze(this, axis);
    }

    /** A view without the given axis where its size is 1; the tensor itself where it is not. */
    public Tensor squeeze(int axis) {
        return Views.squeeze(this, axis);
    }

    /** A view without all axes of size 1. */
    public Tensor squeeze() {
        Tensor rest = this;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            rest = rest.squeeze(axis);
        }
        return rest;
    }

    /** A view of {@code length} indices of one axis from {@code start} on; a negative start counts from the end. */
    public Tensor narrow(int axis, int start, int length) {
        return Views.narrow(this, axis, start, length);
    }

    /** A view with both axes swapped; a tensor of fewer axes stays as it is. */
    public Tensor t() {
        if (rank() > 2) {
            throw new IllegalArgumentException(
                    "t() expects a tensor with <= 2 dimensions, but self is " + rank() + "D");
        }
        return rank() < 2 ? this : transpose(0, 1);
    }

    /** All elements along one axis: a view where there can be one, a copy elsewhere. */
    public Tensor flatten() {
        return reshape(-1);
    }

    /** A view that repeats axes of size 1, and may add axes in front, at stride 0; -1 keeps a size. */
    public Tensor expand(int... newShape) {
        return Views.expand(this, newShape);
    }

    // ---- copies ----

    /** This tensor where it is contiguous, a contiguous copy elsewhere. */
    public Tensor contiguous() {
        return isContiguous() ? this : copy();
    }

    /** A contiguous copy. */
    public Tensor copy() {
        Tensor copy = zeros(dtype(), shape);
        StridedCopy.run(this, copy);
        return copy;
    }

    /**
     * Writes the elements of a tensor of the same type and shape into this one.
     *
     * @throws IllegalArgumentException if type or shape differ
     */
    public void copyFrom(Tensor source) {
        Objects.requireNonNull(source, "source");
        if (source.dtype() != dtype() || !Arrays.equals(source.shape, shape)) {
            throw new IllegalArgumentException("cannot copy a " + source.dtype().label() + " tensor of shape "
                    + Shapes.format(source.shape) + " into a "
                    + dtype().label() + " tensor of shape " + Shapes.format(shape));
        }
        StridedCopy.run(overlaps(source) ? source.copy() : source, this);
        markModified();
    }

    /** Whether both tensors share their array and the ranges of positions they span meet. */
    public boolean overlaps(Tensor other) {
        return storage.array() == other.storage.array() && numel > 0 && other.numel > 0
                && offset <= other.lastPosition()
                && other.offset <= lastPosition();
    }

    private int lastPosition() {
        int last = offset;
        for (int axis = 0; axis < rank(); axis++) {
            last += (shape[axis] - 1) * strides[axis];
        }
        return last;
    }

    /** The type and the shape, {@code float32[1, 3, 4, 4]}; printing the elements is the printers' work. */
    @Override
    public String toString() {
        return dtype().label() + Shapes.format(shape);
    }
}
