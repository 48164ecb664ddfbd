package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;

/**
 * The output rows none of whose taps lies above or below the image, where its rows are as long as those of the output: they are one run of x and of y, and need
 * no copy. Only the columns at the border meet padding; what the run computes there, with pixels of the rows beside, is wrong and written anew by
 * {@link FloatBorderColumns}.
 */
final class InsideRows {
    /** Columns to one at the border that make the run worth while: with 28 columns and two at the border it took 5 % longer than from a copy, with 40 a tenth less. */
    private static final int COLUMNS_TO_ONE = 20;
    /** The most columns at the border. Each has a table of the taps. */
    private static final int MOST_AT_BORDER = 16;
    /** Addresses that are this far apart share a set of the L1 cache. */
    private static final int SAME_SET = 4096;
    /** The most channels in the same sets: a set has 8 lines or more. */
    private static final int CHANNELS_OF_SETS = 8;

    private final Conv2dShape shape;
    /** The first of the rows. */
    final int first;
    /** Behind the last of them. There are none where a run of them does not pay. */
    final int end;
    /** {@link TapOffsets} in x, from the pixel of x that tap 0 meets. */
    final int[][] offsets;

    InsideRows(Conv2dShape shape) {
        this.shape = shape;
        Conv2dAxis rows = shape.rows();
        this.first = Math.clamp(rows.before(), 0, rows.output());
        this.end = pay(shape)
                ? Math.clamp(rows.before() + rows.input() - rows.span() + 1, first, rows.output())
                : first;
        this.offsets = isEmpty()
                ? new int[0][]
                : TapOffsets.ofBlocks(shape.taps(), channelLength(shape), TapOffsets.ofKernelInImage(shape));
    }

    /**
     * Whether rows are as long as those of the output, few of their columns are at the border, not too many channels fall into the same sets of the cache, and the results
     * are final at once: with several blocks of taps 64 channels of 56x56 took 5 % longer than from a copy (Granite Rapids), where 16 channels took 15 % less.
     */
    private static boolean pay(Conv2dShape shape) {
        Conv2dAxis columns = shape.columns();
        int bytes = channelLength(shape) * shape.dtype().bytes();
        int places = SAME_SET / Math.clamp(Integer.lowestOneBit(bytes), 1, SAME_SET);
        return shape.taps() <= NumericsContract.KC && shape.rows().stride() == 1 && columns.stride() == 1
                && columns.before() >= 0 && columns.after() >= 0
                && columns.input() == columns.output() && columns.span() <= MOST_AT_BORDER + 1
                && columns.input() >= COLUMNS_TO_ONE * (columns.span() - 1)
                && shape.groupInputChannels() <= CHANNELS_OF_SETS * places;
    }

    private static int channelLength(Conv2dShape shape) {
        return shape.rows().input() * shape.columns().input();
    }

    /** Whether x is as the offsets want it: dense, channel behind channel. */
    boolean isMetBy(Layout x) {
        return x.isPlaneDense(shape.columns().input()) && x.channel == channelLength(shape);
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return first == end;
    }

    /** The pixels of the run over some rows, without those at the border before its first and behind its last one. */
    int pixels(int rows) {
        return rows * shape.columns().output() - (shape.columns().span() - 1);
    }
}
