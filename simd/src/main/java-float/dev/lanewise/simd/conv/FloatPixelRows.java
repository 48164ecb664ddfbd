package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packs output pixels row by row, as {@link PixelRows} says: what they meet of x, zeros where that is padding.
 *
 * <p>Whole vectors are copied, and what is too much of one is overwritten by the next.
 */
final class FloatPixelRows {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();

    private final Conv2dShape shape;
    private final PixelRows rows;
    private final int[] rowSources;
    private final int[] columnSources;

    FloatPixelRows(Conv2dShape shape, PixelRows rows) {
        this.shape = shape;
        this.rows = rows;
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
    }

    /** The elements that so many rows take, with a vector more. */
    static int length(int pixels) {
        return pixels * PixelRows.LD + LANES;
    }

    /**
     * Taps {@code k0} to {@code k0 + kc - 1} of output pixels {@code first} to {@code first + count - 1} of one group in one image.
     *
     * @param to receives pixel first + i at {@code i * PixelRows.LD}, and up to a vector more
     */
    void pack(float[] x, Layout layout, int n, int group, int k0, int kc, int first, int count, float[] to) {
        int width = shape.columns().output();
        int channel = group * shape.groupInputChannels();
        if (rows.keepsChannels) {
            int image = layout.at(n, channel + rows.firstChannel(k0), 0, 0);
            int channels = rows.channels(k0, kc);
            for (int i = 0; i < count; i++) {
                packPixel(x, layout, image, channels, (first + i) / width, (first + i) % width, to, i * PixelRows.LD);
            }
        } else {
            for (int i = 0; i < count; i++) {
                packTaps(x, layout, n, channel, k0, kc, (first + i) / width, (first + i) % width, to,
                        i * PixelRows.LD);
            }
        }
    }

    private void packPixel(float[] x, Layout layout, int image, int channels, int p, int q, float[] to, int at) {
        Conv2dAxis vertical = shape.rows();
        Conv2dAxis horizontal = shape.columns();
        int last = horizontal.kernel() - 1;
        int firstColumn = columnSources[q * horizontal.stride()];
        // Pixels that lie side by side, and so do their channels: one copy for all columns of the kernel.
        boolean joined = horizontal.dilation() == 1 && layout.channel == 1 && layout.column == channels
                && firstColumn != Conv2dAxis.ZERO
                && columnSources[q * horizontal.stride() + last] - firstColumn == last;
        for (int r = 0; r < vertical.kernel(); r++) {
            int row = rowSources[p * vertical.stride() + r * vertical.dilation()];
            if (joined && row != Conv2dAxis.ZERO) {
                copy(x, image + row * layout.row + firstColumn * layout.column, (last + 1) * channels, to, at);
                at += (last + 1) * channels;
                continue;
            }
            for (int s = 0; s <= last; s++) {
                int column = columnSources[q * horizontal.stride() + s * horizontal.dilation()];
                if (row == Conv2dAxis.ZERO || column == Conv2dAxis.ZERO) {
                    zero(channels, to, at);
                } else if (layout.channel == 1) {
                    copy(x, image + row * layout.row + column * layout.column, channels, to, at);
                } else {
                    gather(x, image + row * layout.row + column * layout.column, layout.channel, channels, to, at);
                }
                at += channels;
            }
        }
    }

    private void packTaps(float[] x, Layout layout, int n, int channel, int k0, int kc, int p, int q, float[] to,
            int at) {
        Conv2dAxis vertical = shape.rows();
        Conv2dAxis horizontal = shape.columns();
        for (int i = 0; i < kc; i++) {
            int s = (k0 + i) % horizontal.kernel();
            int r = (k0 + i) / horizontal.kernel() % vertical.kernel();
            int c = (k0 + i) / horizontal.kernel() / vertical.kernel();
            int row = rowSources[p * vertical.stride() + r * vertical.dilation()];
            int column = columnSources[q * horizontal.stride() + s * horizontal.dilation()];
            boolean padded = row == Conv2dAxis.ZERO || column == Conv2dAxis.ZERO;
            to[at + i] = padded ? 0 : x[layout.at(n, channel + c, row, column)];
        }
    }

    private static void copy(float[] from, int source, int count, float[] to, int at) {
        if (source > from.length - count - LANES) {
            System.arraycopy(from, source, to, at, count);
            return;
        }
        for (int j = 0; j < count; j += LANES) {
            FloatVector.fromArray(S, from, source + j).intoArray(to, at + j);
        }
    }

    private static void zero(int count, float[] to, int at) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector.zero(S).intoArray(to, at + j);
        }
    }

    private static void gather(float[] from, int source, int step, int count, float[] to, int at) {
        for (int j = 0; j < count; j++) {
            to[at + j] = from[source + j * step];
        }
    }
}
