package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;

/**
 * The columns of a depthwise convolution's output, in strips that a vector holds. The last one overlaps the one before it where the columns
 * do not fill it.
 */
final class ColumnStrips {
    private final Conv2dAxis axis;
    private final StripLoads loads;
    private final int lanes;
    /** The first output column of each strip. */
    final int[] columns;
    /** How many there are. */
    final int count;
    /** Which lanes of a vector are output columns of a strip: the same for all strips. */
    final long pixels;

    /** @param lanes the lanes of a vector */
    ColumnStrips(Conv2dAxis axis, StripLoads loads, int lanes) {
        this.axis = axis;
        this.loads = loads;
        this.lanes = lanes;
        int width = Math.min(axis.output(), loads.pixels);
        this.count = Math.ceilDiv(axis.output(), width);
        this.pixels = -1L >>> -width;
        this.columns = new int[count];
        for (int i = 0; i < count; i++) {
            columns[i] = Math.min(i * width, axis.output() - width);
        }
    }

    /** The column of the image that the first tap of a strip's first column meets; may be outside. */
    int source(int strip) {
        return columns[strip] * axis.stride() - axis.before();
    }

    /** For each load of each strip, which lanes may be used as they are: pixels of the image, and those that no tap of an output meets. */
    long[] masks() {
        int width = Math.min(axis.output(), loads.pixels);
        int met = (width - 1) * axis.stride() + loads.span;
        long[] masks = new long[count * loads.count()];
        for (int i = 0; i < masks.length; i++) {
            int offset = loads.offsets[i % loads.count()];
            for (int lane = 0; lane < lanes; lane++) {
                int column = source(i / loads.count()) + offset + lane;
                if (offset + lane >= met || column >= 0 && column < axis.input()) {
                    masks[i] |= 1L << lane;
                }
            }
        }
        return masks;
    }
}
