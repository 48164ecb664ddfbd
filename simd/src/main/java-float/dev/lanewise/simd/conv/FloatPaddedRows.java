package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.simd.environment.VectorEnvironment;
import java.util.Arrays;

/**
 * Copies rows of the padded image, each split into the phases of the column stride: phase v, place i of a row holds padded pixel
 * i*stride + v.
 */
final class FloatPaddedRows {
    /** Two vectors: so many pixels are split into two phases in one go. */
    private static final int LONG_ROW = 2 * VectorEnvironment.FLOAT_SPECIES.length();

    private final int channels;
    private final Conv2dAxis rows;
    private final Conv2dAxis columns;
    private final PaddingMode mode;
    private final int phases;
    private final int[] rowSources;
    private final int[] columnSources;
    private final int rowPitch;
    private final int phasePitch;
    private final int rowLength;
    /** The padded pixels of a row that come from the image one by one: where they begin, from which column, how many. */
    private final int start;
    private final int source;
    private final int length;
    /** For each of two phases of short rows. */
    private final FloatEvenColumns[] evens;

    /**
     * Rows of this convolution's padded image.
     *
     * @param rowPitch elements from a copied row to the next
     * @param phasePitch elements from a phase of a row to the next
     * @param rowLength elements of a row's phase that are cleared where the row is padding
     */
    FloatPaddedRows(Conv2dShape shape, int rowPitch, int phasePitch, int rowLength) {
        this(shape, shape.columns().stride(), rowPitch, phasePitch, rowLength);
    }

    private FloatPaddedRows(Conv2dShape shape, int phases, int rowPitch, int phasePitch, int rowLength) {
        this.phases = phases;
        this.channels = shape.groupInputChannels();
        this.rows = shape.rows();
        this.columns = shape.columns();
        this.mode = shape.paddingMode();
        this.rowSources = rows.sources(mode);
        this.columnSources = columns.sources(mode);
        this.rowPitch = rowPitch;
        this.phasePitch = phasePitch;
        this.rowLength = rowLength;
        this.start = Math.max(columns.before(), 0);
        this.source = start - columns.before();
        int needed = (columns.output() - 1) * columns.stride() + columns.span();
        this.length = Math.max(Math.min(columns.input() - source, needed - start), 0);
        boolean isEven = mode == PaddingMode.ZEROS && phases == FloatEvenColumns.STRIDE && length < LONG_ROW;
        this.evens = new FloatEvenColumns[isEven ? phases : 0];
        for (int v = 0; v < evens.length; v++) {
            evens[v] = new FloatEvenColumns(columns.input(), rowPitch, v - columns.before());
        }
    }

    /** Rows of this convolution's padded image that stay whole: one phase, whatever the stride. */
    static FloatPaddedRows unphased(Conv2dShape shape, int rowPitch) {
        return new FloatPaddedRows(shape, 1, rowPitch, rowPitch, rowPitch);
    }

    /**
     * Copies what a block of output rows of one group in one image needs, all channels, into the layout of a {@link PhasedImage}.
     *
     * @param first the first output row
     * @param outputs the number of output rows
     */
    void copyBlock(PhasedImage image, float[] x, Layout layout, int n, int group, int first, int outputs,
            float[] to) {
        copyBlock(image, x, layout, n, group, 0, channels, first, outputs, to);
    }

    /** The same for channels {@code firstChannel} to {@code endChannel - 1} of the group, the first of which becomes channel 0. */
    void copyBlock(PhasedImage image, float[] x, Layout layout, int n, int group, int firstChannel, int endChannel,
            int first, int outputs, float[] to) {
        int step = rows.stride();
        int overlap = (rows.span() - 1) / step;
        int count = endChannel - firstChannel;
        for (int phase = 0; phase < Math.min(step, rows.span()); phase++) {
            int firstRow = first * step + phase;
            int present = Math.min(outputs + overlap, Math.ceilDiv(rows.padded() - firstRow, step));
            int plane = layout.at(n, group * channels + firstChannel, 0, 0);
            int at = image.position(0, phase, 0);
            if (evens.length > 0 && layout.column == 1) {
                copyEvens(x, layout, plane, firstRow, present, count, to, at, image.channelLength);
            } else {
                for (int c = 0; c < count; c++) {
                    copy(x, layout, plane + c * layout.channel, firstRow, step, present, to,
                            at + c * image.channelLength);
                }
            }
        }
    }

    private void copyEvens(float[] x, Layout layout, int plane, int first, int present, int count, float[] to, int at,
            int channelLength) {
        int step = rows.stride();
        int inside = PaddedAxis.firstInside(rows, first, step, present);
        int outside = PaddedAxis.endInside(rows, first, step, present);
        for (int c = 0; c < count; c++) {
            clear(to, at + c * channelLength, 0, inside);
            clear(to, at + c * channelLength, outside, present);
        }
        if (inside < outside) {
            int from = plane + rowSources[first + inside * step] * layout.row;
            for (int v = 0; v < phases; v++) {
                evens[v].copy(x, from, step * layout.row, layout.channel, count, outside - inside, to,
                        at + inside * rowPitch + v * phasePitch, channelLength);
            }
        }
    }

    /**
     * Copies padded rows {@code first, first + step, ...}.
     *
     * @param plane where the plane of x begins in its array
     * @param count how many
     * @param to receives the rows, the first at {@code at}; what is not a pixel there must be 0 before, and stays
     */
    void copy(float[] x, Layout layout, int plane, int first, int step, int count, float[] to, int at) {
        if (mode != PaddingMode.ZEROS) {
            for (int u = 0; u < count; u++) {
                int from = plane + rowSources[first + u * step] * layout.row;
                copyPixels(x, from, 0, layout.column, 1, to, at + u * rowPitch);
                copyBorder(x, from, layout.column, 0, start, to, at + u * rowPitch);
                copyBorder(x, from, layout.column, start + length, columnSources.length, to, at + u * rowPitch);
            }
            return;
        }
        int inside = PaddedAxis.firstInside(rows, first, step, count);
        int outside = PaddedAxis.endInside(rows, first, step, count);
        clear(to, at, 0, inside);
        clear(to, at, outside, count);
        if (inside < outside) {
            copyPixels(x, plane + rowSources[first + inside * step] * layout.row, step * layout.row, layout.column,
                    outside - inside, to, at + inside * rowPitch);
        }
    }

    /** The pixels of some rows that lie in the image. */
    private void copyPixels(float[] x, int row, int pitch, int step, int count, float[] to, int at) {
        int from = row + source * step;
        if (step == 1 && phases == 1) {
            FloatRows.copy(x, from, pitch, to, at + start, rowPitch, length, count);
        } else if (step == 1 && phases == 2) {
            int even = at + start % 2 * phasePitch + start / 2;
            int odd = at + (start + 1) % 2 * phasePitch + (start + 1) / 2;
            for (int u = 0; u < count; u++) {
                FloatRows.split(x, from + u * pitch, to, even + u * rowPitch, odd + u * rowPitch, length);
            }
        } else {
            boolean isWide = step == 1 && phases >= FloatTransposeKernels.SIDE && start % phases == 0;
            int whole = isWide ? length / phases : 0; // places of a row that all phases have
            for (int u = 0; u < count && whole > 0; u++) {
                FloatRows.transpose(x, from + u * pitch, phases, phases, to, at + u * rowPitch + start / phases, 1,
                        phasePitch, whole);
            }
            for (int v = start + whole * phases; v < start + length && v < start + (whole + 1) * phases; v++) {
                FloatRows.gather(x, from + (v - start) * step, pitch, phases * step, to, at + place(v), rowPitch,
                        Math.ceilDiv(start + length - v, phases), count);
            }
        }
    }

    /** Padded pixels of a row that come from anywhere in it. */
    private void copyBorder(float[] x, int row, int step, int first, int end, float[] to, int at) {
        for (int v = first; v < end && v / phases < rowLength; v++) {
            to[at + place(v)] = x[row + columnSources[v] * step];
        }
    }

    /** Where padded pixel v of a row lies. */
    private int place(int v) {
        return v % phases * phasePitch + v / phases;
    }

    private void clear(float[] to, int at, int fromRow, int toRow) {
        for (int u = fromRow; u < toRow; u++) {
            for (int v = 0; v < phases; v++) {
                int row = at + u * rowPitch + v * phasePitch;
                Arrays.fill(to, row, row + rowLength, 0);
            }
        }
    }
}
