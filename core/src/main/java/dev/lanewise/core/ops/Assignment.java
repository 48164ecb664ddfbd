package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;

/**
 * Writing into tensors, and so into slices of them: {@code x[:, :4] = 4} is {@code fill(x.slice(1, 0, 4, 1), 4)}.
 *
 * <p>Values are converted to the target's type as {@link Conversion} does.
 */
public final class Assignment {
    private Assignment() {
    }

    /** {@code target[...] = value}. */
    public static void fill(Tensor target, double value) {
        Storage storage = target.storage();
        for (Positions at = target.positions(); at.hasNext();) {
            storage.setDouble(at.next(), value);
        }
        target.markModified();
    }

    /**
     * {@code target[...] = source}: repeats axes of size 1 and missing leading axes of the source.
     *
     * @throws IllegalArgumentException if the source's shape cannot be repeated to the target's, or elements of the target share a place
     */
    public static void assign(Tensor target, Tensor source) {
        checkWritable(target);
        Tensor repeated = withoutExtraAxes(source, target.rank()).expand(target.shape());
        Tensor from = repeated.overlaps(target) ? repeated.copy() : repeated;
        Conversion.copy(from, target);
    }

    /** Drops leading axes of size 1 that the target has no place for. */
    private static Tensor withoutExtraAxes(Tensor source, int rank) {
        Tensor rest = source;
        while (rest.rank() > rank && rest.size(0) == 1) {
            rest = rest.squeeze(0);
        }
        return rest;
    }

    private static void checkWritable(Tensor target) {
        for (int axis = 0; axis < target.rank(); axis++) {
            if (target.stride(axis) == 0 && target.size(axis) > 1) {
                throw new IllegalArgumentException(
                        "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
                                + "Please clone() the tensor before performing the operation. Shape "
                                + Shapes.format(target.shape()) + ", strides "
                                + Shapes.format(target.strides()));
            }
        }
    }
}
