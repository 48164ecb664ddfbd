package dev.lanewise.core.print;

import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/** The elements that a printed tensor shows: all, or in a summary those at both ends of every axis. */
final class Corners {
    private Corners() {
    }

    /** Those elements as a tensor. */
    static Tensor shown(Tensor tensor, PrintOptions options) {
        if (!options.summarises(tensor.numel())) {
            return tensor;
        }
        Tensor shown = tensor;
        for (int axis = 0; axis < tensor.rank(); axis++) {
            if (options.cuts(tensor.size(axis))) {
                shown = ends(shown, axis, options.edgeItems());
            }
        }
        return shown;
    }

    private static Tensor ends(Tensor tensor, int axis, int edgeItems) {
        int[] shape = tensor.shape();
        int size = shape[axis];
        shape[axis] = 2 * edgeItems;
        Tensor ends = Tensor.zeros(tensor.dtype(), shape);
        ends.slice(axis, 0, edgeItems, 1).copyFrom(tensor.slice(axis, 0, edgeItems, 1));
        ends.slice(axis, edgeItems, 2 * edgeItems, 1).copyFrom(tensor.slice(axis, size - edgeItems, size, 1));
        return ends;
    }

    /** The values that a condition holds for, as doubles. */
    static double[] values(Tensor tensor, DoublePredicate condition) {
        Storage storage = tensor.storage();
        DoubleStream.Builder values = DoubleStream.builder();
        for (Positions at = tensor.positions(); at.hasNext();) {
            values.add(storage.getDouble(at.next()));
        }
        return values.build().filter(condition).toArray();
    }

    /** A Python tuple of sizes: {@code (2, 3)}, {@code (4,)}, {@code ()}. */
    static String tuple(int... sizes) {
        String inner = Shapes.format(sizes);
        return "(" + inner.substring(1, inner.length() - 1) + (sizes.length == 1 ? ",)" : ")");
    }
}
