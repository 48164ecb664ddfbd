package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packs the pixels of a tile tap after tap: {@code [taps][pixels]}.
 *
 * <p>Whole vectors are copied, and what is too much of one is overwritten by the next.
 */
final class FloatTilePacking {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** The pixels of a column that are packed at a time. */
    private static final int TOGETHER = 4;

    private FloatTilePacking() {
    }

    /**
     * Packs one tile.
     *
     * @param steps {@link TapList#steps}
     * @param count the number of taps
     * @param from rows of the image
     * @param origin where the pixel lies that output row 0 of the block, column 0 meets with a distance of 0; it need not be in the array
     * @param ld elements from an output row to the next
     * @param to receives the values from {@code at} on, and up to a vector more
     */
    static void pack(PixelTiles tiles, int tile, int[] steps, int count, float[] from, int origin, int ld,
            float[] to, int at) {
        int first = tiles.firstSegment[tile];
        int end = tiles.firstSegment[tile + 1];
        int pixels = tiles.pixels(tile);
        if (count == 0) {
            return;
        }
        int last = origin + tiles.row[end - 1] * ld + tiles.column[end - 1] + steps[2 * count - 1];
        if (last + tiles.length[end - 1] + LANES > from.length) {
            packElements(tiles, first, end, steps, count, from, origin, ld, to, at);
        } else if (end - first == 1) {
            packRun(steps, count, from, origin + tiles.row[first] * ld + tiles.column[first], pixels, to, at);
        } else if (end - first == pixels && pixels >= TOGETHER && tiles.column[first] == tiles.column[end - 1]) {
            packColumn(tiles, first, end, steps, count, from, origin, ld, to, at);
        } else {
            packRuns(tiles, first, end, pixels, steps, count, from, origin, ld, to, at);
        }
    }

    /** One by one, where whole vectors would reach behind the array. */
    private static void packElements(PixelTiles tiles, int first, int end, int[] steps, int count, float[] from,
            int origin, int ld, float[] to, int at) {
        int next = at;
        for (int n = 0; n < count; n++) {
            for (int s = first; s < end; s++) {
                int source = origin + tiles.row[s] * ld + tiles.column[s] + steps[2 * n + 1];
                for (int j = 0; j < tiles.length[s]; j++) {
                    to[next++] = from[source + j];
                }
            }
        }
    }

    /** A tile of several rows. The first three are hoisted out of the loop over taps: few tiles have more. */
    private static void packRuns(PixelTiles tiles, int segment, int end, int pixels, int[] steps, int count,
            float[] from, int origin, int ld, float[] to, int at) {
        int start0 = origin + tiles.row[segment] * ld + tiles.column[segment];
        int start1 = origin + tiles.row[segment + 1] * ld + tiles.column[segment + 1];
        int third = Math.min(segment + 2, end - 1); // of two rows the second is copied twice
        int start2 = origin + tiles.row[third] * ld + tiles.column[third];
        int length0 = tiles.length[segment];
        int length1 = tiles.length[segment + 1];
        int length2 = tiles.length[third];
        int at2 = third == segment + 1 ? length0 : length0 + length1;
        if (pixels <= LANES && end - segment <= 3) { // written out, which takes a third of the time
            for (int n = 0; n < count; n++) {
                int source = steps[2 * n + 1];
                int target = at + n * pixels;
                FloatVector.fromArray(S, from, start0 + source).intoArray(to, target);
                FloatVector.fromArray(S, from, start1 + source).intoArray(to, target + length0);
                FloatVector.fromArray(S, from, start2 + source).intoArray(to, target + at2);
            }
            return;
        }
        for (int n = 0; n < count; n++) {
            int source = steps[2 * n + 1];
            int target = at + n * pixels;
            copy(from, start0 + source, length0, to, target);
            copy(from, start1 + source, length1, to, target + length0);
            copy(from, start2 + source, length2, to, target + at2);
            int next = target + at2 + length2;
            for (int s = segment + 3; s < end; s++) {
                copy(from, origin + tiles.row[s] * ld + tiles.column[s] + source, tiles.length[s], to, next);
                next += tiles.length[s];
            }
        }
    }

    /** Neighbouring pixels. */
    private static void packRun(int[] steps, int count, float[] from, int start, int pixels, float[] to, int at) {
        if (pixels <= LANES) {
            for (int n = 0; n < count; n++) {
                FloatVector.fromArray(S, from, start + steps[2 * n + 1]).intoArray(to, at + n * pixels);
            }
        } else {
            for (int n = 0; n < count; n++) {
                copy(from, start + steps[2 * n + 1], pixels, to, at + n * pixels);
            }
        }
    }

    /** Pixels below each other, four at a time. The last four may overlap those before: a loop over the pixels of a tap takes twice as long for 7 (Zen 5). */
    private static void packColumn(PixelTiles tiles, int first, int end, int[] steps, int count,
            float[] from, int origin, int ld, float[] to, int at) {
        int pixels = end - first;
        int start = origin + tiles.row[first] * ld + tiles.column[first];
        for (int i = 0; i < pixels; i += TOGETHER) {
            int j = Math.min(i, pixels - TOGETHER);
            for (int n = 0; n < count; n++) {
                int source = start + j * ld + steps[2 * n + 1];
                int target = at + n * pixels + j;
                to[target] = from[source];
                to[target + 1] = from[source + ld];
                to[target + 2] = from[source + 2 * ld];
                to[target + 3] = from[source + 3 * ld];
            }
        }
    }

    private static void copy(float[] from, int source, int count, float[] to, int target) {
        for (int j = 0; j < count; j += LANES) {
            FloatVector.fromArray(S, from, source + j).intoArray(to, target + j);
        }
    }
}
