package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import java.util.Arrays;

/**
 * Copies rows of the padded image, each split into the phases of the column stride: row u, phase v, place i holds padded pixel
 * (u, i*stride + v).
 */
final class FloatPaddedRows {
    private final Conv2dShape shape;
    private final int[] rowSources;
    private final int[] columnSources;
    private final int phasePitch;
    private final int rowPitch;
    /** The padded pixels of a row that come from the image one by one: where they begin, from which column, how many. */
    private final int start;
    private final int source;
    private final int length;

    /**
     * Rows of this convolution's padded image.
     *
     * @param slack elements that a kernel may read behind the last output's pixels
     */
    FloatPaddedRows(Conv2dShape shape, int slack) {
        this.shape = shape;
        Conv2dAxis columns = shape.columns();
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = columns.sources(shape.paddingMode());
        this.phasePitch = Math.max(columns.output(), slack) + (columns.span() - 1) / columns.stride();
        this.rowPitch = phasePitch * columns.stride();
        this.start = Math.max(columns.before(), 0);
        this.source = start - columns.before();
        int needed = (columns.output() - 1) * columns.stride() + columns.span();
        this.length = Math.max(Math.min(columns.input() - source, needed - start), 0);
    }

    int rowPitch() {
        return rowPitch;
    }

    int phasePitch() {
        return phasePitch;
    }

    /**
     * Copies.
     *
     * @param plane where the plane of x begins in its array
     * @param first the first padded row
     * @param count how many
     * @param to receives row {@code first + u} at {@code at + u*rowPitch}; what is not a pixel there must be 0 before, and stays
     */
    void copy(float[] x, Layout layout, int plane, int first, int count, float[] to, int at) {
        for (int u = 0; u < count; u++) {
            int row = rowSources[first + u];
            int target = at + u * rowPitch;
            if (row == Conv2dAxis.ZERO) {
                Arrays.fill(to, target, target + rowPitch, 0);
            } else {
                copyRow(x, plane + row * layout.row, layout.column, to, target);
            }
        }
    }

    private void copyRow(float[] x, int from, int columnStride, float[] to, int at) {
        int step = shape.columns().stride();
        boolean dense = columnStride == 1 && shape.paddingMode() == PaddingMode.ZEROS;
        if (dense && step == 1) {
            FloatRows.copy(x, from + source, to, at + start, length);
        } else if (dense && step == 2) {
            int even = at + start % 2 * phasePitch + start / 2;
            int odd = at + (start + 1) % 2 * phasePitch + (start + 1) / 2;
            FloatRows.split(x, from + source, to, even, odd, length);
        } else {
            for (int v = 0; v < step; v++) {
                int end = Math.min(phasePitch, Math.ceilDiv(columnSources.length - v, step));
                for (int i = 0; i < end; i++) {
                    int column = columnSources[v + i * step];
                    to[at + v * phasePitch + i] = column == Conv2dAxis.ZERO ? 0 : x[from + column * columnStride];
                }
            }
        }
    }
}
