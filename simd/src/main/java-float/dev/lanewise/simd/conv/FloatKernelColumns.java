package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies rows of the padded image once for each column of the kernel: place q of copy s is the pixel that column s meets at output column q.
 */
final class FloatKernelColumns {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();

    /** From so many pixels on a row takes less from the copy for a column before than from every second pixel of x. */
    private static final int LONG_ROW = 2 * LANES;

    private final Conv2dShape shape;
    private final PhasedImage image;
    private final boolean isCut;
    /** Whether rows of the image and rows of outputs go together. */
    private final boolean isFlat;
    /** If rows go together, for each column of the kernel and each output column which lanes of a vector that begins there meet padding. */
    private final long[][] outside;
    /** The same for a vector that ends with the last output column that meets the image. */
    private final long[] outsideLast;
    /** If rows go together, how many columns a vector is further on than the one before it. */
    private final int step;
    /** By how many columns of the kernel pixels are moved from an output column to the next; without end where that is no whole number. */
    private final int shiftedBy;
    private final int[] rowSources;
    private final int[] columnSources;
    /** For each column of the kernel the first output column that meets the image. */
    private final int[] firstInside;
    /** For each column of the kernel the output columns from the first that meets the image on that do so one after the other. */
    private final int[] countInside;
    /** For each column of the kernel the column of x that the first of them meets. */
    private final int[] firstSource;
    /** For each column of the kernel at stride 2, if padding is zeros. */
    private final FloatEvenColumns[] evens;

    /**
     * Rows of this convolution's padded image.
     *
     * @param image a tight layout
     * @param isCut whether of some images only some rows are copied, although a block holds them all
     */
    FloatKernelColumns(Conv2dShape shape, PhasedImage image, boolean isCut) {
        this.shape = shape;
        this.image = image;
        this.isCut = isCut;
        this.rowSources = shape.rows().sources(shape.paddingMode());
        Conv2dAxis columns = shape.columns();
        this.isFlat = shape.paddingMode() == PaddingMode.ZEROS && shape.rows().stride() == 1 && columns.stride() == 1
                && columns.input() == columns.output();
        this.outside = new long[columns.kernel()][isFlat ? columns.output() : 0];
        this.outsideLast = new long[columns.kernel()];
        this.step = LANES % columns.output();
        this.shiftedBy = columns.stride() % columns.dilation() == 0
                ? columns.stride() / columns.dilation()
                : Integer.MAX_VALUE;
        this.columnSources = columns.sources(shape.paddingMode());
        this.firstInside = new int[columns.kernel()];
        this.countInside = new int[columns.kernel()];
        this.firstSource = new int[columns.kernel()];
        boolean isEven = shape.paddingMode() == PaddingMode.ZEROS && columns.stride() == FloatEvenColumns.STRIDE;
        this.evens = new FloatEvenColumns[isEven ? columns.kernel() : 0];
        for (int s = 0; s < columns.kernel(); s++) {
            int start = s * columns.dilation() - columns.before(); // the column of x that output column 0 meets
            int first = Math.clamp(Math.ceilDiv(-start, columns.stride()), 0, columns.output());
            int end = Math.clamp(Math.ceilDiv(columns.input() - start, columns.stride()), first, columns.output());
            firstInside[s] = first;
            countInside[s] = end - first;
            firstSource[s] = start + first * columns.stride();
            if (isEven) {
                evens[s] = new FloatEvenColumns(columns.input(), columns.output(), start);
            }
            if (isFlat) {
                fillOutside(outside[s], first, end);
                outsideLast[s] = outside[s][Math.floorMod(end - LANES, columns.output())];
            }
        }
    }

    /** The lanes of vectors that begin at each column, from those of the vector before by one. */
    private static void fillOutside(long[] lanes, int first, int end) {
        long next = 0;
        for (int q = 1 - LANES; q < lanes.length; q++) {
            int entering = (q + LANES - 1) % lanes.length;
            next = next >>> 1 | (entering < first || entering >= end ? 1L << LANES - 1 : 0);
            if (q >= 0) {
                lanes[q] = next;
            }
        }
    }

    private int source(int s, int q) {
        return columnSources[q * shape.columns().stride() + s * shape.columns().dilation()];
    }

    /**
     * Copies what a block of output rows of one group in one image needs.
     *
     * @param first the first output row
     * @param count the number of output rows
     * @param to receives the rows, and up to a vector more behind them
     */
    void copyBlock(float[] x, Layout layout, int n, int group, int first, int count, float[] to) {
        if (isFlat && layout.isPlaneDense(shape.columns().input())) {
            copyFlat(x, layout, n, group, first, count, to);
            return;
        }
        if (evens.length > 0 && layout.column == 1) {
            copyEvens(x, layout, n, group, first, count, to);
            return;
        }
        Conv2dAxis rows = shape.rows();
        int step = rows.stride();
        int overlap = (rows.span() - 1) / step;
        for (int c = 0; c < shape.groupInputChannels(); c++) {
            int plane = layout.at(n, group * shape.groupInputChannels() + c, 0, 0);
            for (int phase = 0; phase < Math.min(step, rows.span()); phase++) {
                int firstRow = first * step + phase;
                int present = Math.min(count + overlap, Math.ceilDiv(rows.padded() - firstRow, step));
                for (int s = 0; s < shape.columns().kernel(); s++) {
                    if (s < shiftedBy) {
                        copy(x, layout, plane, firstRow, present, s, to, image.row(c, phase, s));
                    } else {
                        shift(x, layout, plane, firstRow, present, s, to, image.row(c, phase, s));
                    }
                }
            }
        }
    }

    /** The same of every second column. */
    private void copyEvens(float[] x, Layout layout, int n, int group, int first, int count, float[] to) {
        Conv2dAxis rows = shape.rows();
        int width = shape.columns().output();
        int channels = shape.groupInputChannels();
        int step = rows.stride();
        int overlap = (rows.span() - 1) / step;
        boolean isWhole = !isCut && count == rows.output(); // as in copyFlat
        for (int phase = 0; phase < Math.min(step, rows.span()); phase++) {
            int firstRow = first * step + phase;
            int present = Math.min(count + overlap, Math.ceilDiv(rows.padded() - firstRow, step));
            int top = PaddedAxis.firstInside(rows, firstRow, step, present);
            int end = PaddedAxis.endInside(rows, firstRow, step, present);
            int plane = layout.at(n, group * channels, 0, 0);
            for (int s = 0; s < evens.length; s++) {
                int at = image.row(0, phase, s);
                if (s >= shiftedBy && width >= LONG_ROW) {
                    for (int c = 0; c < channels; c++) {
                        shift(x, layout, plane + c * layout.channel, firstRow, present, s, to,
                                at + c * image.channelLength);
                    }
                    continue;
                }
                for (int c = 0; c < channels && !isWhole; c++) {
                    int channel = at + c * image.channelLength;
                    clear(to, channel, channel + top * width);
                    clear(to, channel + end * width, channel + present * width);
                }
                if (top < end) {
                    int from = plane + (firstRow + top * step - rows.before()) * layout.row;
                    evens[s].copy(x, from, step * layout.row, layout.channel, channels, end - top, to, at + top * width,
                            image.channelLength);
                }
            }
        }
    }

    /** The same from the copy for a column before, whose place q + 1 is place q of this one. The last place of each row comes from x. */
    private void shift(float[] x, Layout layout, int plane, int first, int count, int s, float[] to, int at) {
        int width = shape.columns().output();
        FloatRows.copy(to, at - shiftedBy * image.phaseLength + 1, 0, to, at, 0, count * width - 1, 1);
        int source = source(s, width - 1);
        for (int u = 0; u < count; u++) {
            int row = rowSources[first + u * shape.rows().stride()];
            boolean isZero = row == Conv2dAxis.ZERO || source == Conv2dAxis.ZERO;
            to[at + (u + 1) * width - 1] = isZero ? 0 : x[plane + row * layout.row + source * layout.column];
        }
    }

    /** Copies padded rows {@code first, first + stride, ...} for column s of the kernel. */
    private void copy(float[] x, Layout layout, int plane, int first, int count, int s, float[] to, int at) {
        int width = shape.columns().output();
        int step = shape.rows().stride();
        if (shape.paddingMode() != PaddingMode.ZEROS) {
            for (int u = 0; u < count; u++) {
                int row = plane + rowSources[first + u * step] * layout.row;
                copyRows(x, row, 0, layout.column, s, to, at + u * width, 1);
            }
            return;
        }
        int top = PaddedAxis.firstInside(shape.rows(), first, step, count);
        int end = PaddedAxis.endInside(shape.rows(), first, step, count);
        clear(to, at, at + top * width);
        clear(to, at + end * width, at + count * width);
        if (top < end) {
            int row = plane + rowSources[first + top * step] * layout.row;
            copyRows(x, row, step * layout.row, layout.column, s, to, at + top * width, end - top);
        }
    }

    /**
     * Rows that lie one behind the other are one run, moved a little, whose ends then go where the padding is. Nothing else is ever
     * written to the places of pixels that a column of the kernel does not meet, so that what lies before the run is zero, and behind it.
     */
    private void copyFlat(float[] x, Layout layout, int n, int group, int first, int count, float[] to) {
        Conv2dAxis rows = shape.rows();
        int width = shape.columns().output();
        int present = Math.min(count + rows.span() - 1, rows.padded() - first);
        int top = PaddedAxis.firstInside(rows, first, 1, present);
        int inside = PaddedAxis.endInside(rows, first, 1, present) - top;
        int channel = layout.at(n, group * shape.groupInputChannels(), first + top - rows.before(), 0);
        boolean isWhole = !isCut && count == rows.output(); // then all blocks are, and the padded rows stay as they were
        int at = 0;
        for (int c = 0; c < shape.groupInputChannels(); c++) {
            for (int s = 0; s < shape.columns().kernel(); s++) {
                int start = at + top * width;
                int end = start + inside * width;
                if (!isWhole) {
                    clear(to, at, start);
                    clear(to, end, at + present * width);
                }
                if (countInside[s] > 0 && inside > 0) {
                    moveRun(x, channel + firstSource[s], to, start + firstInside[s],
                            (inside - 1) * width + countInside[s], s);
                }
                at += image.phaseLength;
            }
            channel += layout.channel;
        }
    }

    private static void clear(float[] to, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] = 0;
        }
    }

    /** A run of pixels, of which those that column s of the kernel does not meet become 0. The last vector overlaps the one before it. */
    private void moveRun(float[] x, int from, float[] to, int at, int length, int s) {
        long[] lanes = outside[s];
        int column = firstInside[s];
        if (length < LANES) {
            for (int i = 0; i < length; i++) {
                to[at + i] = (lanes[column] & 1L << i) == 0 ? x[from + i] : 0;
            }
            return;
        }
        int last = length - LANES;
        for (int i = 0; i < last; i += LANES) {
            move(x, from + i, to, at + i, lanes[column]);
            column += step;
            column = column < lanes.length ? column : column - lanes.length;
        }
        move(x, from + last, to, at + last, outsideLast[s]);
    }

    private static void move(float[] x, int from, float[] to, int at, long outside) {
        FloatVector.fromArray(S, x, from).blend(0, VectorMask.fromLong(S, outside)).intoArray(to, at);
    }

    /** Rows {@code pitch} elements apart, of pixels that are {@code pixel} elements apart. What lies behind a row is written after it. */
    private void copyRows(float[] x, int from, int pitch, int pixel, int s, float[] to, int at, int rows) {
        int width = shape.columns().output();
        int stride = shape.columns().stride();
        int inside = from + firstSource[s] * pixel;
        int target = at + firstInside[s];
        int count = countInside[s];
        if (count > 0 && stride * pixel == 1) {
            FloatRows.copy(x, inside, pitch, to, target, width, count, rows);
        } else if (count > 0 && pixel == 1 && stride == 2) {
            FloatRows.evens(x, inside, pitch, to, target, width, count, rows); // and some elements behind
        } else if (count > 0) {
            FloatRows.gather(x, inside, pitch, stride * pixel, to, target, width, count, rows);
        }
        for (int u = 0; u < rows; u++) {
            copyBorder(x, from + u * pitch, pixel, s, 0, firstInside[s], to, at + u * width);
            copyBorder(x, from + u * pitch, pixel, s, firstInside[s] + count, width, to, at + u * width);
        }
    }

    private void copyBorder(float[] x, int from, int pixel, int s, int firstColumn, int endColumn, float[] to,
            int at) {
        for (int q = firstColumn; q < endColumn; q++) {
            int source = source(s, q);
            to[at + q] = source == Conv2dAxis.ZERO ? 0 : x[from + source * pixel];
        }
    }
}
