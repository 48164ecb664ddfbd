package dev.lanewise.core.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** When a tensor can be seen in another shape without a copy: PyTorch's rules. */
final class ViewRules {
    private ViewRules() {
    }

    /** Replaces the one {@code -1} by the size that it must be and checks that the element counts agree. */
    static int[] inferShape(int numel, int... wanted) {
        long known = 1; // stops at 2^31, which no tensor has
        boolean empty = false;
        int inferred = -1;
        for (int axis = 0; axis < wanted.length; axis++) {
            if (wanted[axis] == -1) {
                if (inferred >= 0) {
                    throw new IllegalArgumentException("only one dimension can be inferred");
                }
                inferred = axis;
            } else if (wanted[axis] < 0) {
                throw new IllegalArgumentException("invalid shape dimension " + wanted[axis] + " at index " + axis
                        + " of shape " + Shapes.format(wanted));
            } else {
                known = Math.min(known * Math.max(wanted[axis], 1), 1L << 31);
                empty |= wanted[axis] == 0;
            }
        }
        known = empty ? 0 : known;
        boolean fits = inferred < 0 ? known == numel : known > 0 ? numel % known == 0 : numel == 0;
        if (!fits) {
            throw new IllegalArgumentException(
                    "shape '" + Shapes.format(wanted) + "' is invalid for input of size " + numel);
        }
        int[] shape = wanted.clone();
        if (inferred >= 0) {
            if (known == 0) {
                throw new IllegalArgumentException(
                        "cannot reshape tensor of 0 elements into shape " + Shapes.format(wanted)
                                + " because the unspecified dimension size -1 can be any value and is ambiguous");
            }
            shape[inferred] = (int) (numel / known);
        }
        return shape;
    }

    /**
     * The strides under which the same elements have the new shape, or null where no strides can express it.
     *
     * <p>The old axes fall into runs that are contiguous among themselves; each run must be covered by whole new axes
     * (the algorithm of ATen's {@code computeStride}).
     */
    static int @Nullable [] strides(int[] oldShape, int[] oldStrides, int[] newShape) {
        int numel = Shapes.numel(oldShape);
        if (numel == 0 || oldShape.length == 0) {
            return Arrays.equals(oldShape, newShape) ? oldStrides : Shapes.contiguousStrides(newShape);
        }
        int[] newStrides = new int[newShape.length];
        int newAxis = newShape.length - 1;
        int runStride = oldStrides[oldShape.length - 1];
        int runNumel = 1;
        int newNumel = 1;
        for (int axis = oldShape.length - 1; axis >= 0; axis--) {
            runNumel *= oldShape[axis];
            boolean runEnds = axis == 0 || (oldShape[axis - 1] != 1 && oldStrides[axis - 1] != runNumel * runStride);
            if (!runEnds) {
                continue;
            }
            while (newAxis >= 0 && (newNumel < runNumel || newShape[newAxis] == 1)) {
                newStrides[newAxis] = newNumel * runStride;
                newNumel *= newShape[newAxis];
                newAxis--;
            }
            if (newNumel != runNumel) {
                return null;
            }
            if (axis > 0) {
                runStride = oldStrides[axis - 1];
                runNumel = 1;
                newNumel = 1;
            }
        }
        return newAxis == -1 ? newStrides : null;
    }
}
