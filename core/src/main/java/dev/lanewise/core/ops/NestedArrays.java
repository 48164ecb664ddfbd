package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads nested Java arrays into one flat array. */
final class NestedArrays {
    private NestedArrays() {
    }

    static Tensor toTensor(Object nested) {
        DType dtype = dtype(nested.getClass());
        int[] shape = shape(nested);
        Tensor tensor = Tensor.zeros(dtype, shape);
        copy(nested, 0, shape, tensor.storage().array(), 0);
        return tensor;
    }

    private static DType dtype(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return switch (type.isArray() ? element.getName() : "no array") {
            case "double" -> DType.FLOAT64;
            case "float" -> DType.FLOAT32;
            case "long" -> DType.INT64;
            case "int" -> DType.INT32;
            case "byte" -> DType.INT8;
            case "boolean" -> DType.BOOL;
            default -> throw new IllegalArgumentException(
                    "expected nested arrays of double, float, long, int, byte or boolean, but got "
                            + type.getSimpleName());
        };
    }

    /** The lengths along the first entries; {@link #copy} checks that all others agree. */
    private static int[] shape(Object nested) {
        List<Integer> sizes = new ArrayList<>();
        Object level = nested;
        Class<?> type = nested.getClass();
        while (type.isArray()) {
            int length = level == null ? 0 : Array.getLength(level);
            sizes.add(length);
            type = type.getComponentType();
            level = length > 0 && type.isArray() ? Array.get(level, 0) : null;
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Copies one entry and returns the position behind it. */
    private static int copy(@Nullable Object nested, int axis, int[] shape, Object target, int position) {
        if (nested == null || Array.getLength(nested) != shape[axis]) {
            throw new IllegalArgumentException(
                    "expected sequence of length " + shape[axis] + " at dim " + axis + " (got "
                            + (nested == null ? "null" : Array.getLength(nested)) + ")");
        }
        int length = shape[axis];
        if (axis == shape.length - 1) {
            System.arraycopy(nested, 0, target, position, length);
            return position + length;
        }
        int next = position;
        for (int i = 0; i < length; i++) {
            next = copy(Array.get(nested, i), axis + 1, shape, target, next);
        }
        return next;
    }
}
