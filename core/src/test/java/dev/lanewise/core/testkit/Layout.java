package dev.lanewise.core.testkit;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;

/**
 * Ways in which a tensor can lie in its array, from the simplest on. The names of axes are those of an image {@code [N, C, H, W]},
 * counted from the last axis; a layout means nothing for axes that are not there.
 *
 * <p>All but {@link #CONTIGUOUS} leave room before, behind and between the elements, filled with what the caller says: NaN to see
 * whether it is read, anything else, with a {@link Guard}, to see whether it is written.
 */
public enum Layout {
    /** Row-major, the array holds nothing else. */
    CONTIGUOUS,
    /** Row-major, somewhere in a larger array. */
    WITHIN_ARRAY,
    /** Rows are cut out of longer rows: columns are adjacent, rows are not. */
    CUT_COLUMNS,
    /** Channels are some of more channels: images are not adjacent. */
    CUT_CHANNELS,
    /** Every second column of every third row. */
    STEPS,
    /** Channels vary fastest: {@code [N, H, W, C]} in memory. */
    CHANNELS_LAST,
    /** Rows vary fastest: {@code [N, C, W, H]} in memory. */
    COLUMN_MAJOR,
    /** {@code [W, H, C, N]} in memory. */
    REVERSED,
    /** One image, or filter, repeated with stride 0. */
    EXPANDED_FIRST,
    /** One channel repeated with stride 0. */
    EXPANDED_CHANNELS,
    /** One pixel repeated with stride 0 on both image axes. */
    EXPANDED_IMAGE;

    private static final int BEFORE = 19;
    private static final int BEHIND = 37;

    /** Whether elements share places, so that such a tensor can be read only. */
    public boolean isExpanded() {
        return this == EXPANDED_FIRST || this == EXPANDED_CHANNELS || this == EXPANDED_IMAGE;
    }

    /**
     * A tensor in this layout.
     *
     * @param shape its sizes
     * @param values what its elements are
     * @param seed the same seed gives the same values
     * @param filler what lies around them
     */
    public Tensor fill(DType dtype, int[] shape, Values values, long seed, double filler) {
        int[] distinct = distinct(shape);
        Tensor tensor = allocate(dtype, distinct, filler);
        tensor.copyFrom(values.tensor(dtype, distinct, seed));
        return tensor.expand(shape);
    }

    /**
     * A tensor in this layout without the repetition of the expanded ones.
     *
     * @param shape its sizes
     * @param filler what its elements are, and what lies around them
     */
    public Tensor allocate(DType dtype, int[] shape, double filler) {
        int rank = shape.length;
        int[] strides = new int[rank];
        int[] order = order(rank);
        int length = 1;
        for (int i = rank - 1; i >= 0; i--) { // from the axis that varies fastest
            int axis = order[i];
            strides[axis] = length * step(rank - axis);
            length *= Math.max(shape[axis], 1) * step(rank - axis) + margin(rank - axis);
        }
        boolean alone = this == CONTIGUOUS;
        Tensor array = Tensor.zeros(dtype, alone ? numel(shape) : BEFORE + length + BEHIND);
        for (int i = 0; i < array.numel(); i++) {
            array.storage().setDouble(i, filler);
        }
        return Tensor.strided(dtype, array.storage().array(), alone ? 0 : BEFORE, shape, strides);
    }

    /** The axes from the slowest to the fastest. */
    private int[] order(int rank) {
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i);
        if (this == REVERSED) {
            Arrays.setAll(order, i -> rank - 1 - i);
        } else if (this == COLUMN_MAJOR && rank >= 2) {
            order[rank - 2] = rank - 1;
            order[rank - 1] = rank - 2;
        } else if (this == CHANNELS_LAST && rank >= 3) {
            order[rank - 3] = rank - 2;
            order[rank - 2] = rank - 1;
            order[rank - 1] = rank - 3;
        }
        return order;
    }

    /** How many places an index takes; axis 1 is the last one. */
    private int step(int axisFromEnd) {
        return this == STEPS && axisFromEnd <= 2 ? axisFromEnd + 1 : 1;
    }

    /** How many places there are behind the last index; axis 1 is the last one. */
    private int margin(int axisFromEnd) {
        return this == CUT_COLUMNS && axisFromEnd == 1 ? 3 : this == CUT_CHANNELS && axisFromEnd == 3 ? 2 : 0;
    }

    private int[] distinct(int... shape) {
        int rank = shape.length;
        int[] distinct = shape.clone();
        for (int axis = 0; axis < rank; axis++) {
            boolean repeated = switch (this) {
                case EXPANDED_FIRST -> axis == 0;
                case EXPANDED_CHANNELS -> axis == rank - 3;
                case EXPANDED_IMAGE -> rank >= 2 && axis >= rank - 2;
                default -> false;
            };
            distinct[axis] = repeated ? Math.min(shape[axis], 1) : shape[axis];
        }
        return distinct;
    }

    private static int numel(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
