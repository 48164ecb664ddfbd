package dev.lanewise.core.tensor;

/** The views of a tensor that choose, repeat or reorder parts of its axes: the same array at another offset, shape and strides. */
final class Views {
    private Views() {
    }

    static Tensor permute(Tensor x, int... axes) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        if (axes.length != x.rank()) {
            throw new IllegalArgumentException(
                    "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
                            + "ordering of dimensions i.e. input.dim() = " + x.rank() + " is not equal to len(dims) = "
                            + axes.length);
        }
        int[] newShape = new int[x.rank()];
        int[] newStrides = new int[x.rank()];
        boolean[] taken = new boolean[x.rank()];
        for (int i = 0; i < axes.length; i++) {
            int axis = Shapes.wrapAxis(axes[i], x.rank());
            if (taken[axis]) {
                throw new IllegalArgumentException("permute(): duplicate dims are not allowed.");
            }
            taken[axis] = true;
            newShape[i] = shape[axis];
            newStrides[i] = strides[axis];
        }
        return x.withLayout(x.offset(), newShape, newStrides);
    }

    static Tensor transpose(Tensor x, int axis0, int axis1) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        int a = Shapes.wrapAxis(axis0, x.rank());
        int b = Shapes.wrapAxis(axis1, x.rank());
        int[] newShape = x.shape();
        int[] newStrides = x.strides();
        if (x.rank() > 0) {
            newShape[a] = shape[b];
            newShape[b] = shape[a];
            newStrides[a] = strides[b];
            newStrides[b] = strides[a];
        }
        return x.withLayout(x.offset(), newShape, newStrides);
    }

    static Tensor slice(Tensor x, int axis, int start, int end, int step) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        int a = Shapes.wrapAxis(axis, x.rank());
        if (x.rank() == 0) {
            throw new IllegalArgumentException("slice() cannot be applied to a 0-dim tensor.");
        }
        if (step < 1) {
            throw new IllegalArgumentException("slice step must be positive");
        }
        int from = clip(start, shape[a]);
        int to = Math.max(clip(end, shape[a]), from);
        int[] newShape = x.shape();
        int[] newStrides = x.strides();
        newShape[a] = Math.ceilDiv(to - from, step);
        newStrides[a] = newShape[a] > 1 && x.numel() > 0 ? strides[a] * step : strides[a];
        return x.withLayout(newShape[a] > 0 ? offsetAt(x, a, from) : x.offset(), newShape, newStrides);
    }

    static Tensor select(Tensor x, int axis, int index) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        if (x.rank() == 0) {
            throw new IllegalArgumentException("select() cannot be applied to a 0-dim tensor.");
        }
        int a = Shapes.wrapAxis(axis, x.rank());
        if (index < -shape[a] || index >= shape[a]) {
            throw new IndexOutOfBoundsException(
                    "select(): index " + index + " out of range for tensor of size " + Shapes.format(shape)
                            + " at dimension " + a);
        }
        int i = index < 0 ? index + shape[a] : index;
        return x.withLayout(offsetAt(x, a, i), without(shape, a), without(strides, a));
    }

    static Tensor unsqueeze(Tensor x, int axis) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        int a = Shapes.wrapAxis(axis, x.rank() + 1);
        int newStride = a == x.rank() ? 1 : (int) Math.min((long) shape[a] * strides[a], Integer.MAX_VALUE);
        return x.withLayout(x.offset(), with(shape, a, 1), with(strides, a, newStride));
    }

    static Tensor squeeze(Tensor x, int axis) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        int a = Shapes.wrapAxis(axis, x.rank());
        return x.rank() == 0 || shape[a] != 1
                ? x
                : x.withLayout(x.offset(), without(shape, a), without(strides, a));
    }

    static Tensor narrow(Tensor x, int axis, int start, int length) {
        if (x.rank() == 0) {
            throw new IllegalArgumentException("narrow() cannot be applied to a 0-dim tensor.");
        }
        if (length < 0) {
            throw new IllegalArgumentException("narrow(): length must be non-negative.");
        }
        int size = x.size(axis);
        if (start < -size || start > size) {
            throw new IndexOutOfBoundsException("start out of range (expected to be in range of [" + -size + ", " + size
                    + "], but got " + start + ")");
        }
        int from = start < 0 ? start + size : start;
        if (from > size - length) {
            throw new IllegalArgumentException(
                    "start (" + from + ") + length (" + length + ") exceeds dimension size (" + size + ").");
        }
        return slice(x, axis, from, from + length, 1);
    }

    static Tensor expand(Tensor x, int... newShape) {
        int[] shape = x.shape();
        int[] strides = x.strides();
        int added = newShape.length - x.rank();
        if (added < 0) {
            throw new IllegalArgumentException("the number of sizes provided (" + newShape.length
                    + ") must be greater or equal to the number of dimensions in the tensor (" + x.rank() + ")");
        }
        int[] sizes = newShape.clone();
        int[] newStrides = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            int axis = i - added;
            if (sizes[i] == -1 && axis >= 0) {
                sizes[i] = shape[axis];
            }
            if (axis >= 0 && sizes[i] == shape[axis]) {
                newStrides[i] = strides[axis];
            } else if (axis >= 0 && shape[axis] != 1) {
                throw new IllegalArgumentException("The expanded size of the tensor (" + sizes[i]
                        + ") must match the existing size (" + shape[axis]
                        + ") at non-singleton dimension " + i + ".  Target sizes: " + Shapes.format(newShape)
                        + ".  Tensor sizes: " + Shapes.format(shape));
            }
        }
        return x.withLayout(x.offset(), sizes, newStrides);
    }

    private static int clip(int index, int size) {
        return Math.clamp(index < 0 ? (long) index + size : index, 0, size);
    }

    /** Where a part begins; a tensor without elements stays where it is, for its strides may lead out of the array. */
    private static int offsetAt(Tensor x, int axis, int index) {
        return x.numel() > 0 ? x.offset() + index * x.stride(axis) : x.offset();
    }

    private static int[] without(int[] values, int axis) {
        int[] rest = new int[values.length - 1];
        System.arraycopy(values, 0, rest, 0, axis);
        System.arraycopy(values, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }

    private static int[] with(int[] values, int axis, int value) {
        int[] more = new int[values.length + 1];
        System.arraycopy(values, 0, more, 0, axis);
        more[axis] = value;
        System.arraycopy(values, axis, more, axis + 1, values.length - axis);
        return more;
    }
}
