package dev.lanewise.core.tensor;

/**
 * Walks the storage positions of a tensor's elements in row-major order.
 *
 * <pre>{@code
 * for (Positions at = tensor.positions(); at.hasNext();) {
 *     storage.getDouble(at.next());
 * }
 * }</pre>
 */
public final class Positions {
    private final int[] shape;
    private final int[] strides;
    private final int[] index;
    private int position;
    private int left;

    Positions(int offset, int[] shape, int[] strides, int numel) {
        this.shape = shape;
        this.strides = strides;
        this.index = new int[shape.length];
        this.position = offset;
        this.left = numel;
    }

    /** Whether an element is left. */
    public boolean hasNext() {
        return left > 0;
    }

    /** The position of the next element in the storage's array. */
    public int next() {
        int current = position;
        left--;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            position += strides[axis];
            if (++index[axis] < shape[axis]) {
                break;
            }
            position -= shape[axis] * strides[axis];
            index[axis] = 0;
        }
        return current;
    }
}
