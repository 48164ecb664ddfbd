package dev.lanewise.core.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A tensor as a plain list of its elements in row-major order: what strides are an optimisation of. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record IndexModel(int[] shape, int[] elements) {
    /** Elements 0, 1, 2, ... */
    static IndexModel rising(int... shape) {
        int[] elements = new int[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(elements, i -> i);
        return new IndexModel(shape, elements);
    }

    /** Another shape whose element at an index is this model's at the mapped index. */
    IndexModel map(int[] newShape, UnaryOperator<int[]> toOldIndex) {
        IndexModel result = new IndexModel(newShape, new int[rising(newShape).elements.length]);
        for (int i = 0; i < result.elements.length; i++) {
            result.elements[i] = at(toOldIndex.apply(result.index(i)));
        }
        return result;
    }

    /** The same elements in another shape. */
    IndexModel reshape(int... newShape) {
        return new IndexModel(newShape, elements);
    }

    private int at(int... index) {
        int i = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            i = i * shape[axis] + index[axis];
        }
        return elements[i];
    }

    /** Where the i-th element in row-major order is. */
    int[] index(int i) {
        int[] index = new int[shape.length];
        int rest = i;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    /** Whether elements are steps of a stride on every axis: then, and only then, a tensor can have this shape without a copy. */
    boolean hasStrides() {
        Map<Integer, Integer> strides = new HashMap<>();
        for (int i = 0; i < elements.length; i++) {
            int[] index = index(i);
            for (int axis = 0; axis < shape.length; axis++) {
                if (index[axis] > 0) {
                    index[axis]--;
                    int step = elements[i] - at(index);
                    index[axis]++;
                    if (strides.merge(axis, step,
                            (known, found) -> known.equals(found) ? known : Integer.MIN_VALUE) == Integer.MIN_VALUE) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Whether the elements are a run of rising numbers. */
    boolean isRun() {
        for (int i = 1; i < elements.length; i++) {
            if (elements[i] != elements[0] + i) {
                return false;
            }
        }
        return true;
    }

    boolean repeats() {
        return Arrays.stream(elements).distinct().count() < elements.length;
    }
}
