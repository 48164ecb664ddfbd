package dev.lanewise.core.testkit;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Equality as the numerics contract means it: of {@link Float#floatToIntBits} or {@link Double#doubleToLongBits}. So signed zeros
 * differ and all NaNs are one value. Integers and bools are equal where their values are.
 */
public final class Equality {
    private static final LongAdder COMPARED = new LongAdder();

    private Equality() {
    }

    /** How many elements have been compared in this JVM so far. */
    public static long compared() {
        return COMPARED.sum();
    }

    /** {@link #assertSameBits(Tensor, Tensor, Supplier)} with nothing to add. */
    public static void assertSameBits(Tensor expected, Tensor actual) {
        assertSameBits(expected, actual, () -> "");
    }

    /** {@link #assertSameBits(Tensor, Tensor, Supplier)} with a fixed text. */
    public static void assertSameBits(Tensor expected, Tensor actual, String about) {
        assertSameBits(expected, actual, () -> about);
    }

    /**
     * Asserts that two tensors of any strides have the same type, shape and elements.
     *
     * @param about what was computed; ends the message, and is asked for only where there is one
     * @throws AssertionError which names the first element that differs, both values in decimal and hex, and how many differ
     */
    public static void assertSameBits(Tensor expected, Tensor actual, Supplier<String> about) {
        if (expected.dtype() != actual.dtype() || !Arrays.equals(expected.shape(), actual.shape())) {
            throw new AssertionError("expected " + expected + ", but got " + actual + about(about));
        }
        COMPARED.add(expected.numel());
        Positions left = expected.positions();
        Positions right = actual.positions();
        int differing = 0;
        int first = -1;
        int firstLeft = 0;
        int firstRight = 0;
        for (int i = 0; left.hasNext(); i++) {
            int l = left.next();
            int r = right.next();
            if (bits(expected.storage(), l) != bits(actual.storage(), r)) {
                if (differing++ == 0) {
                    first = i;
                    firstLeft = l;
                    firstRight = r;
                }
            }
        }
        if (differing > 0) {
            throw new AssertionError(
                    differing + " of " + expected.numel() + " elements of " + actual + " differ, the first at "
                            + Shapes.format(index(first, expected.shape())) + ": expected "
                            + show(expected.storage(), firstLeft) + ", but got "
                            + show(actual.storage(), firstRight) + about(about));
        }
    }

    /** The bits by which an element of a storage is compared. */
    static long bits(Storage storage, int position) {
        return switch (storage.dtype()) {
            case FLOAT32 -> Float.floatToIntBits((float) storage.getDouble(position));
            case FLOAT64 -> Double.doubleToLongBits(storage.getDouble(position));
            default -> storage.getLong(position);
        };
    }

    /** An element in decimal and hex. */
    static String show(Storage storage, int position) {
        long bits = bits(storage, position);
        if (storage.dtype() == DType.FLOAT32) {
            return String.format("%s (0x%08x)", (float) storage.getDouble(position), (int) bits);
        }
        if (storage.dtype() == DType.FLOAT64) {
            return String.format("%s (0x%016x)", storage.getDouble(position), bits);
        }
        return String.format("%d (0x%x)", bits, bits);
    }

    /** Where the i-th element in row-major order is. */
    private static int[] index(int i, int... shape) {
        int[] index = new int[shape.length];
        int rest = i;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    private static String about(Supplier<String> about) {
        String text = about.get();
        return text.isEmpty() ? "" : "\n    " + text;
    }
}
