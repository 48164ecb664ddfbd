package dev.lanewise.core.ops;

import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Tensors with axes read backwards; copies, as strides are never negative. */
public final class Flip {
    private Flip() {
    }

    /** {@code numpy.flip(tensor)}: all axes backwards. */
    public static Tensor flip(Tensor tensor) {
        return flip(tensor, IntStream.range(0, tensor.rank()).toArray());
    }

    /**
     * {@code torch.flip(tensor, axes)}: these axes backwards, negative ones counted from the end.
     *
     * @throws IllegalArgumentException if an axis does not exist or is named twice
     */
    public static Tensor flip(Tensor tensor, int... axes) {
        int[] wrapped = Arrays.stream(axes).map(axis -> Shapes.wrapAxis(axis, tensor.rank())).toArray();
        for (int i = 0; i < wrapped.length; i++) {
            for (int j = 0; j < i; j++) {
                if (wrapped[i] == wrapped[j]) {
                    throw new IllegalArgumentException(
                            "dim " + wrapped[i] + " appears multiple times in the list of dims");
                }
            }
        }
        Tensor result = tensor.copy();
        for (int axis : wrapped) {
            result = flipped(result, axis);
        }
        return result;
    }

    private static Tensor flipped(Tensor tensor, int axis) {
        Tensor result = Tensor.zeros(tensor.dtype(), tensor.shape());
        for (int i = 0; i < tensor.size(axis); i++) {
            result.select(axis, -1 - i).copyFrom(tensor.select(axis, i));
        }
        return result;
    }
}
