package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import java.util.Arrays;

/** Forms a part of the im2col matrix: row k holds, for each output pixel, the padded pixel that tap {@code k = (c*R + r)*S + s} meets. */
final class FloatIm2col {
    private FloatIm2col() {
    }

    /**
     * Rows {@code k0} to {@code k0 + kc - 1} and output pixels {@code first} to {@code first + count - 1} of one group in one image.
     *
     * @param rowSources where the rows of the padded image come from
     * @param columnSources where its columns come from
     * @param to receives row k0 + i at {@code i * ld}
     */
    static void pack(Conv2dShape shape, int[] rowSources, int[] columnSources, float[] x, Layout layout, int n,
            int group, int k0, int kc, int first,
            int count, float[] to, int ld) {
        int kernelRows = shape.rows().kernel();
        int kernelColumns = shape.columns().kernel();
        int s = k0 % kernelColumns;
        int r = k0 / kernelColumns % kernelRows;
        int c = k0 / kernelColumns / kernelRows;
        int plane = layout.offset + n * layout.image + (group * shape.groupInputChannels() + c) * layout.channel;
        for (int i = 0; i < kc; i++) {
            packRow(shape, rowSources, columnSources, x, layout, plane, r, s, first, count, to, i * ld);
            if (++s == kernelColumns) {
                s = 0;
                if (++r == kernelRows) {
                    r = 0;
                    plane += layout.channel;
                }
            }
        }
    }

    /** One tap, for a run of output pixels that may begin and end anywhere in its rows. */
    private static void packRow(Conv2dShape shape, int[] rowSources, int[] columnSources, float[] x, Layout layout,
            int plane, int r, int s, int first,
            int count, float[] to, int at) {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        boolean straight = layout.column == 1 && columns.stride() == 1 && shape.paddingMode() == PaddingMode.ZEROS;
        int p = first / columns.output();
        int q = first % columns.output();
        for (int left = count; left > 0;) {
            int run = Math.min(left, columns.output() - q);
            int row = rowSources[p * rows.stride() + r * rows.dilation()];
            if (row == Conv2dAxis.ZERO) {
                Arrays.fill(to, at, at + run, 0);
            } else if (straight) {
                copyStraight(x, plane + row * layout.row, q + s * columns.dilation() - columns.before(),
                        columns.input(), run, to, at);
            } else {
                gather(columnSources, x, plane + row * layout.row, layout.column,
                        q * columns.stride() + s * columns.dilation(), columns.stride(), run, to, at);
            }
            at += run;
            left -= run;
            q = 0;
            p++;
        }
    }

    /** Neighbouring pixels from column {@code from} on; zeros where that is outside the image. */
    private static void copyStraight(float[] x, int row, int from, int width, int count, float[] to, int at) {
        int inside = Math.clamp(-(long) from, 0, count);
        int outside = Math.clamp((long) width - from, inside, count);
        Arrays.fill(to, at, at + inside, 0);
        if (outside > inside) {
            System.arraycopy(x, row + from + inside, to, at + inside, outside - inside);
        }
        Arrays.fill(to, at + outside, at + count, 0);
    }

    private static void gather(int[] columnSources, float[] x, int row, int columnStride, int from, int step, int count,
            float[] to, int at) {
        for (int j = 0; j < count; j++) {
            int column = columnSources[from + j * step];
            to[at + j] = column == Conv2dAxis.ZERO ? 0 : x[row + column * columnStride];
        }
    }
}
