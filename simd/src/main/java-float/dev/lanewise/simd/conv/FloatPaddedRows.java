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
        int step = shape.columns().stride();
        if (layout.column != 1 || shape.paddingMode() != PaddingMode.ZEROS || step > 2) {
            gather(x, layout, plane, first, count, to, at);
            return;
        }
        int inside = Math.clamp((long) shape.rows().before() - first, 0, count); // the first row that is in the image
        int outside = Math.clamp((long) shape.rows().before() + shape.rows().input() - first, inside, count);
        Arrays.fill(to, at, at + inside * rowPitch, 0);
        Arrays.fill(to, at + outside * rowPitch, at + count * rowPitch, 0);
        if (length == 0 || inside == outside) {
            return;
        }
        int from = plane + rowSources[first + inside] * layout.row + source;
        int target = at + inside * rowPitch;
        if (step == 1) {
            FloatRows.copy(x, from, layout.row, to, target + start, rowPitch, length, outside - inside);
            return;
        }
        int even = target + start % 2 * phasePitch + start / 2;
        int odd = target + (start + 1) % 2 * phasePitch + (start + 1) / 2;
        for (int u = 0; u < outside - inside; u++) {
            FloatRows.split(x, from + u * layout.row, to, even + u * rowPitch, odd + u * rowPitch, length);
        }
    }

    /** Any padding mode, any strides: pixel by pixel. */
    private void gather(float[] x, Layout layout, int plane, int first, int count, float[] to, int at) {
        int step = shape.columns().stride();
        for (int u = 0; u < count; u++) {
            int row = rowSources[first + u];
            for (int v = 0; v < columnSources.length; v++) {
                int column = columnSources[v];
                int place = v / step;
                if (place < phasePitch) {
                    boolean zero = row == Conv2dAxis.ZERO || column == Conv2dAxis.ZERO;
                    to[at + u * rowPitch + v % step * phasePitch + place] = zero
                            ? 0
                            : x[plane + row * layout.row + column * layout.column];
                }
            }
        }
    }
}
