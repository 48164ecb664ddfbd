package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;

/**
 * The columns of a depthwise convolution's output, in strips that a vector holds. The last one overlaps the one before it where the columns
 * do not fill it.
 */
final class ColumnStrips {
    private final Conv2dAxis columns;
    private final int lanes;
    private final int[] first;
    /** How many there are. */
    final int count;
    /** Which lanes of a vector are output columns of a strip: the same for all strips. */
    final long pixels;

    /**
     * Strips of at most {@code pixels} columns.
     *
     * @param lanes the lanes of a vector
     */
    ColumnStrips(Conv2dAxis columns, int pixels, int lanes) {
        this.columns = columns;
        this.lanes = lanes;
        int width = Math.min(columns.output(), pixels);
        this.count = Math.ceilDiv(columns.output(), width);
        this.pixels = -1L >>> -width;
        this.first = new int[count];
        for (int i = 0; i < count; i++) {
            first[i] = Math.min(i * width, columns.output() - width);
        }
    }

    /** The first output column of a strip. */
    int column(int strip) {
        return first[strip];
    }

    /** The column of the image that the first tap of a strip's first column meets; may be outside. */
    int source(int strip) {
        return first[strip] * columns.stride() - columns.before();
    }

    /** Which lanes of a load that begins at this column are pixels of the image. */
    long inside(int column) {
        long mask = 0;
        for (int i = 0; i < lanes; i++) {
            if (column + i >= 0 && column + i < columns.input()) {
                mask |= 1L << i;
            }
        }
        return mask;
    }
}
