package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Every second pixel of some rows, with the zeros for padding before and behind them. A vector of results comes from two vectors of pixels, of one row or, where rows are short, of two.
 *
 * <p>All channels go through one loop, before which the shuffles and masks are made ready: with 512 channels in 32 groups at 14x14, copies pixel by pixel were four fifths of the time, and are a
 * third (Zen 5).
 */
final class FloatEvenColumns {
    static final int STRIDE = 2;
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();

    /** The columns of results. */
    private final int width;
    /** Rows of which a vector of results is made. */
    private final int rowsAtOnce;
    /** The columns of x at which the two vectors of pixels begin. */
    private final int[] first;
    private final int[] second;
    /** Which lanes of them are results, those of the second where {@link #isSecond} is set; vector after vector, and as numbers that a vector can hold. */
    private final float[] lanes;
    /** Bit i is lane i. */
    private final long[] isSecond;
    private final long[] isPadding;

    /**
     * Rows of results.
     *
     * @param input the columns of x
     * @param width the columns of results
     * @param start the column of x that the first of them meets, which may be negative
     */
    FloatEvenColumns(int input, int width, int start) {
        this.width = width;
        rowsAtOnce = 2 * width <= LANES && input <= LANES ? 2 : 1;
        int vectors = rowsAtOnce == 2 ? 1 : Math.ceilDiv(width, LANES);
        first = new int[vectors];
        second = new int[vectors];
        lanes = new float[vectors * LANES];
        isSecond = new long[vectors];
        isPadding = new long[vectors];
        int last = Math.max(input - LANES, 0); // where a vector ends with the row
        for (int v = 0; v < vectors; v++) {
            if (rowsAtOnce == 1) {
                first[v] = Math.min(Math.max(start + STRIDE * v * LANES, 0), last);
                second[v] = Math.min(first[v] + LANES, last);
            }
            for (int i = 0; i < LANES; i++) {
                int q = rowsAtOnce == 2 ? i % width : v * LANES + i;
                int source = start + STRIDE * q;
                boolean isLater = rowsAtOnce == 2 ? i >= width : source >= first[v] + LANES;
                boolean isInside = source >= 0 && source < input && i < rowsAtOnce * width && q < width;
                lanes[v * LANES + i] = isInside ? source - (isLater ? second[v] : first[v]) : 0;
                isSecond[v] |= isLater ? 1L << i : 0;
                isPadding[v] |= isInside ? 0 : 1L << i;
            }
        }
    }

    /**
     * Copies rows of some channels.
     *
     * @param from where the first row of the first channel begins in x
     * @param pitch elements from a row to the next
     * @param channel elements from a channel to the next
     * @param rows how many of each channel, at least one
     * @param toChannel the same in {@code to}, where rows have no distance
     */
    void copy(float[] x, int from, int pitch, int channel, int channels, int rows, float[] to, int at, int toChannel) {
        int behind = (rows - 1) * pitch + second[second.length - 1] + LANES; // the last pixel that is read
        int inside = 0; // the channels of which none is read behind the end of x
        while (inside < channels && from + inside * channel <= x.length - behind) {
            inside++;
        }
        for (int v = first.length - 1; v >= 0; v--) { // what the last vectors write behind their rows is overwritten
            copyVectors(v, x, from, pitch, channel, inside, rows, to, at + v * LANES, toChannel);
        }
        for (int c = inside; c < channels; c++) {
            copyPixels(x, from + c * channel, pitch, rows, to, at + c * toChannel);
        }
    }

    private void copyVectors(int v, float[] x, int from, int pitch, int channel, int channels, int rows, float[] to,
            int at, int toChannel) {
        VectorShuffle<Float> shuffle = FloatVector.fromArray(S, lanes, v * LANES).toShuffle();
        VectorMask<Float> later = VectorMask.fromLong(S, isSecond[v]);
        VectorMask<Float> zeros = VectorMask.fromLong(S, isPadding[v]);
        int toLast = (rows - 1) * pitch + second[v] - first[v];
        int toSecond = Math.min((rowsAtOnce - 1) * pitch + second[v] - first[v], toLast);
        int vectors = Math.ceilDiv(rows, rowsAtOnce) - 1;
        int step = rowsAtOnce * pitch;
        int toStep = rowsAtOnce * width;
        VectorMask<Float> behind = VectorMask.fromLong(S,
                -1L << Math.min(rows * width - vectors * toStep - v * LANES, LANES));
        for (int c = 0; c < channels; c++) {
            int a = from + first[v] + c * channel;
            int target = at + c * toChannel;
            FloatVector old = FloatVector.fromArray(S, to, target + vectors * toStep); // stays behind the last row
            for (int i = 0; i < vectors; i++) {
                FloatVector x0 = FloatVector.fromArray(S, x, a + i * step);
                FloatVector x1 = FloatVector.fromArray(S, x, a + i * step + toSecond);
                x0.rearrange(shuffle).blend(x1.rearrange(shuffle), later).blend(0, zeros).intoArray(to,
                        target + i * toStep);
            }
            FloatVector x0 = FloatVector.fromArray(S, x, a + vectors * step);
            FloatVector x1 = FloatVector.fromArray(S, x, a + toLast);
            x0.rearrange(shuffle).blend(x1.rearrange(shuffle), later).blend(0, zeros).blend(old, behind).intoArray(to,
                    target + vectors * toStep);
        }
    }

    private void copyPixels(float[] x, int from, int pitch, int rows, float[] to, int at) {
        for (int u = 0; u < rows; u++) {
            for (int q = 0; q < width; q++) {
                int v = q / LANES;
                long bit = 1L << q % LANES;
                int column = (int) lanes[q] + ((isSecond[v] & bit) == 0 ? first[v] : second[v]);
                to[at + u * width + q] = (isPadding[v] & bit) == 0 ? x[from + u * pitch + column] : 0;
            }
        }
    }
}
