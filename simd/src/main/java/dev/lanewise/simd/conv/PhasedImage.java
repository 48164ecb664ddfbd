package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;

/**
 * The layout of a block of padded rows in scratch in which output pixel (p, q) meets tap (c, r, s) at {@code p*ld + q} plus a distance that
 * depends on the tap alone. So a block of outputs is one run, whose vectors go on across the ends of rows.
 *
 * <p>Strides are taken out by splitting the padded image into phases: pixel (u, v) lies in phase (u mod stride, v mod stride) at
 * (u / stride, v / stride). With stride 1 and zero padding the zeros behind a row are those before the next one, so that of a row of
 * W pixels and one pixel of padding on both sides only W + 1 are stored, and computed.
 *
 * <p>A tight layout has a phase for each column of the kernel instead, with the pixels that this column meets. So x is copied S times, but
 * rows have no padding between them: a block of outputs is one run of y.
 */
final class PhasedImage {
    /** Elements of an array that leave room for what is rounded up. */
    private static final double LARGEST = 0x1p30;

    private final Conv2dShape shape;
    final boolean isTight;
    /** The phases of a row. */
    private final int columnPhases;
    /** Output rows of a block. */
    final int blockRows;
    /** Elements from an output row to the next. */
    final int ld;
    /** Elements of one phase of one channel. */
    final int phaseLength;
    /** Elements of one channel. */
    final int channelLength;

    /**
     * The layout of blocks of some output rows.
     *
     * @param maxElements what a block of all channels of a group may take; at least one output row is taken
     */
    PhasedImage(Conv2dShape shape, int maxElements) {
        this(shape, shape.groupInputChannels(), maxElements, shape.rows().output());
    }

    /**
     * The layout of blocks of some output rows, of nearly equal height where {@code maxRows} limits it.
     *
     * @param channels the channels of a group that a block holds
     * @param maxElements what a block may take; at least one output row is taken
     * @param maxRows the most output rows of a block
     */
    PhasedImage(Conv2dShape shape, int channels, int maxElements, int maxRows) {
        this(shape, false, channels, maxElements, maxRows);
    }

    private PhasedImage(Conv2dShape shape, boolean isTight, int channels, int maxElements, int maxRows) {
        this.shape = shape;
        this.isTight = isTight;
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        this.columnPhases = isTight ? columns.kernel() : columns.stride();
        int behind = isTight ? 0 : (columns.span() - 1) / columns.stride() - sharedZeros();
        this.ld = columns.output() + behind;
        int phases = rows.stride() * columnPhases;
        int overlap = (rows.span() - 1) / rows.stride();
        long rowElements = (long) ld * phases * Math.max(channels, 1); // no channels, no division by zero
        int even = Math.ceilDiv(rows.output(), Math.ceilDiv(rows.output(), Math.max(maxRows, 1)));
        this.blockRows = Math.clamp(maxElements / rowElements - overlap, 1, even);
        this.phaseLength = Math.multiplyExact(blockRows + overlap, ld);
        this.channelLength = Math.multiplyExact(phaseLength, phases);
    }

    /** A tight layout, of all channels of a group. */
    static PhasedImage tight(Conv2dShape shape, int maxElements, int maxRows) {
        return new PhasedImage(shape, true, shape.groupInputChannels(), maxElements, maxRows);
    }

    /**
     * The rows of a task: those of a block, or fewer where several threads then end sooner.
     *
     * @param images how many times all rows are computed, each time in as many tasks
     */
    int rowsOfTask(int images, int parallelism) {
        int rows = shape.rows().output();
        int blocks = Math.ceilDiv(rows, blockRows);
        if (parallelism == 1 || images % parallelism == 0) {
            return blockRows;
        }
        int best = blockRows;
        for (int i = blocks; i <= Math.min(2 * blocks, rows); i++) {
            int height = Math.min(Math.ceilDiv(rows, i), blockRows);
            best = longest(rows, height, images, parallelism) < longest(rows, best, images, parallelism)
                    ? height
                    : best;
        }
        return best;
    }

    /** The rows that one of the threads must compute, all blocks but the last ones of the images being alike. */
    private static long longest(int rows, int height, int images, int parallelism) {
        int blocks = Math.ceilDiv(rows, height);
        long before = (long) images * blocks - 1;
        int last = before % parallelism == 0 ? rows - (blocks - 1) * height : height;
        return before / parallelism * height + last;
    }

    /** Whether a block of one output row fits into an array: padding and dilation can make rows and phases of any length. */
    static boolean fits(Conv2dShape shape) {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        int overlap = (rows.span() - 1) / rows.stride();
        int behind = (columns.span() - 1) / columns.stride();
        double phase = (1.0 + overlap) * ((double) columns.output() + behind); // products of ints that may pass a long
        double inputs = phase * rows.stride() * columns.stride() * shape.groupInputChannels();
        return Math.max(inputs, phase * shape.groupOutputChannels()) < LARGEST;
    }

    /** Whether what one output row needs, in a tight layout, is no more than a block may take. */
    static boolean tightFits(Conv2dShape shape, int maxElements) {
        int overlap = (shape.rows().span() - 1) / shape.rows().stride();
        double phase = (1.0 + overlap) * shape.columns().output();
        return phase * shape.rows().stride() * shape.columns().kernel() * shape.groupInputChannels() <= maxElements;
    }

    private int sharedZeros() {
        Conv2dAxis columns = shape.columns();
        if (columns.stride() != 1 || shape.paddingMode() != PaddingMode.ZEROS) {
            return 0;
        }
        int needed = columns.output() + columns.span() - 1;
        int behind = needed - columns.before() - columns.input();
        return Math.max(Math.min(Math.min(columns.before(), behind), columns.span() - 1), 0);
    }

    /** The zeros that must lie behind the last channel. */
    int slack() {
        return shape.columns().span() - 1;
    }

    /** Where padded row u of channel c begins in a phase of the columns, in elements. */
    int row(int c, int u, int columnPhase) {
        int rowStride = shape.rows().stride();
        int phase = u % rowStride * columnPhases + columnPhase;
        return c * channelLength + phase * phaseLength + u / rowStride * ld;
    }

    /** Where padded pixel (u, v) of channel c lies in a layout that is not tight, in elements. */
    int position(int c, int u, int v) {
        return row(c, u, v % columnPhases) + v / columnPhases;
    }

    /** For each place r*S + s of the kernel the distance of its tap in channel 0 from output pixel {@code p*ld + q}. */
    int[] kernelOffsets() {
        int[] offsets = new int[shape.rows().kernel() * shape.columns().kernel()];
        int i = 0;
        for (int r = 0; r < shape.rows().kernel(); r++) {
            for (int s = 0; s < shape.columns().kernel(); s++) {
                int u = r * shape.rows().dilation();
                offsets[i++] = isTight ? row(0, u, s) : position(0, u, s * shape.columns().dilation());
            }
        }
        return offsets;
    }

    /** {@link TapOffsets} of output pixel {@code p*ld + q}. */
    int[][] tapOffsets() {
        return TapOffsets.ofBlocks(shape.taps(), channelLength, kernelOffsets());
    }
}
