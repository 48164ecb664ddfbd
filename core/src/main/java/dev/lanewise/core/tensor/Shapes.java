package dev.lanewise.core.tensor;

import java.util.Arrays;

/** Arithmetic on shapes and strides, all in elements. */
public final class Shapes {
    private Shapes() {
    }

    /**
     * The product of the sizes.
     *
     * @throws IllegalArgumentException if a size is negative, or the product exceeds 2^31-1, the most elements a Java array can hold
     */
    public static int numel(int... shape) {
        long product = 1;
        boolean empty = false;
        boolean tooMany = false;
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size " + size + " in shape " + format(shape));
            }
            empty |= size == 0;
            product = tooMany ? product : product * Math.max(size, 1);
            tooMany |= product > Integer.MAX_VALUE;
        }
        if (tooMany && !empty) {
            throw new IllegalArgumentException("shape " + format(shape) + " has more than 2147483647 elements");
        }
        return empty ? 0 : (int) product;
    }

    /** The strides of a contiguous (row-major) tensor; a size of 0 counts as 1, as in PyTorch. */
    public static int[] contiguousStrides(int... shape) {
        int[] strides = new int[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = (int) Math.min(stride, Integer.MAX_VALUE); // past the end only beside an axis of size 0
            stride = Math.min(stride * Math.max(shape[axis], 1), Integer.MAX_VALUE);
        }
        return strides;
    }

    /** Sizes as PyTorch's messages show them: {@code [1, 3, 4, 4]}. */
    public static String format(int... sizes) {
        return Arrays.toString(sizes);
    }

    /**
     * Counts a negative axis from the end.
     *
     * @param rank the number of axes to choose from
     * @throws IllegalArgumentException if there is no such axis
     */
    public static int wrapAxis(int axis, int rank) {
        int range = Math.max(rank, 1);
        if (axis < -range || axis >= range) {
            throw new IllegalArgumentException(
                    "Dimension out of range (expected to be in range of [" + -range + ", " + (range - 1) + "], but got "
                            + axis + ")");
        }
        return axis < 0 ? axis + range : axis;
    }
}
