package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies short rows. {@code System.arraycopy} costs some 8 ns a call, more than a depthwise kernel needs for the row; here the last
 * vector overlaps the one before it, so there is no tail.
 */
final class FloatRows {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final VectorSpecies<Float> QUARTER = FloatVector.SPECIES_128;
    private static final VectorSpecies<Float> HALF = S.vectorBitSize() > 256 ? FloatVector.SPECIES_256 : QUARTER;
    private static final int LANES = S.length();
    /** Lanes 0, 2, 4 ... in both halves. */
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % S.length());
    /** Lanes 1, 3, 5 ... in both halves. */
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> (2 * i + 1) % S.length());
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, -1L << S.length() / 2);

    private FloatRows() {
    }

    /** Copies {@code rows} rows of {@code width} elements, each {@code pitch} elements behind the one before. */
    static void copy(float[] from, int fromOffset, int fromPitch, float[] to, int toOffset, int toPitch, int width,
            int rows) {
        if (width >= LANES) {
            for (int u = 0; u < rows; u++) {
                copy(from, fromOffset + u * fromPitch, to, toOffset + u * toPitch, width);
            }
        } else if (width >= HALF.length()) {
            int last = width - HALF.length();
            for (int u = 0; u < rows; u++) {
                int source = fromOffset + u * fromPitch;
                int target = toOffset + u * toPitch;
                FloatVector.fromArray(HALF, from, source).intoArray(to, target);
                FloatVector.fromArray(HALF, from, source + last).intoArray(to, target + last);
            }
        } else if (width >= QUARTER.length()) {
            int last = width - QUARTER.length();
            for (int u = 0; u < rows; u++) {
                int source = fromOffset + u * fromPitch;
                int target = toOffset + u * toPitch;
                FloatVector.fromArray(QUARTER, from, source).intoArray(to, target);
                FloatVector.fromArray(QUARTER, from, source + last).intoArray(to, target + last);
            }
        } else {
            for (int u = 0; u < rows; u++) {
                for (int i = 0; i < width; i++) {
                    to[toOffset + u * toPitch + i] = from[fromOffset + u * fromPitch + i];
                }
            }
        }
    }

    /** Copies {@code rows} rows of {@code width} elements to places that are {@code toStep} elements apart. */
    static void scatter(float[] from, int fromOffset, int fromPitch, float[] to, int toOffset, int toPitch, int toStep,
            int width, int rows) {
        for (int u = 0; u < rows; u++) {
            for (int i = 0; i < width; i++) {
                to[toOffset + u * toPitch + i * toStep] = from[fromOffset + u * fromPitch + i];
            }
        }
    }

    /** Copies {@code rows} rows of {@code width} elements from places that are {@code fromStep} elements apart. */
    static void gather(float[] from, int fromOffset, int fromPitch, int fromStep, float[] to, int toOffset, int toPitch,
            int width, int rows) {
        for (int u = 0; u < rows; u++) {
            int source = fromOffset + u * fromPitch;
            int target = toOffset + u * toPitch;
            if (fromStep == 4 && width >= LANES && source <= from.length - 4 * width) {
                fourths(from, source, to, target, width);
            } else {
                gather(from, source, fromStep, to, target, width);
            }
        }
    }

    private static void gather(float[] from, int fromOffset, int fromStep, float[] to, int toOffset, int width) {
        for (int i = 0; i < width; i++) {
            to[toOffset + i] = from[fromOffset + i * fromStep];
        }
    }

    /** At least one vector of every fourth element. */
    private static void fourths(float[] from, int fromOffset, float[] to, int toOffset, int width) {
        int last = width - LANES;
        for (int i = 0; i < last; i += LANES) {
            fourths(from, fromOffset + 4 * i, to, toOffset + i);
        }
        fourths(from, fromOffset + 4 * last, to, toOffset + last);
    }

    /** Every second one of every second one. */
    private static void fourths(float[] from, int fromOffset, float[] to, int toOffset) {
        FloatVector a = FloatVector.fromArray(S, from, fromOffset);
        FloatVector b = FloatVector.fromArray(S, from, fromOffset + LANES);
        FloatVector c = FloatVector.fromArray(S, from, fromOffset + 2 * LANES);
        FloatVector d = FloatVector.fromArray(S, from, fromOffset + 3 * LANES);
        FloatVector first = a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER);
        FloatVector second = c.rearrange(EVEN).blend(d.rearrange(EVEN), UPPER);
        first.rearrange(EVEN).blend(second.rearrange(EVEN), UPPER).intoArray(to, toOffset);
    }

    /**
     * Copies {@code rows} rows of {@code width} elements into columns: element j of row i goes to {@code j*toPitch + i*toStep}. Squares that lie side by
     * side go through registers, the last of which overlaps the one before it.
     */
    static void transpose(float[] from, int fromOffset, int fromPitch, int width, float[] to, int toOffset, int toStep,
            int toPitch, int rows) {
        int side = FloatTransposeKernels.SIDE;
        int j = 0;
        if (toStep == 1 && side >= 4 && rows >= side) {
            int last = rows - side;
            for (; j <= width - side; j += side) {
                for (int i = 0; i < last; i += side) {
                    FloatTransposeKernels.transpose(from, fromOffset + i * fromPitch + j, fromPitch, to,
                            toOffset + j * toPitch + i, toPitch);
                }
                FloatTransposeKernels.transpose(from, fromOffset + last * fromPitch + j, fromPitch, to,
                        toOffset + j * toPitch + last, toPitch);
            }
        }
        if (j < width) {
            transposeElements(from, fromOffset + j, fromPitch, width - j, to, toOffset + j * toPitch, toStep, toPitch,
                    rows);
        }
    }

    private static void transposeElements(float[] from, int fromOffset, int fromPitch, int width, float[] to,
            int toOffset, int toStep, int toPitch, int rows) {
        int i = 0;
        for (; i <= rows - 4; i += 4) {
            transpose4(from, fromOffset + i * fromPitch, fromPitch, width, to, toOffset + i * toStep, toStep, toPitch);
        }
        for (; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                to[toOffset + i * toStep + j * toPitch] = from[fromOffset + i * fromPitch + j];
            }
        }
    }

    private static void transpose4(float[] from, int fromOffset, int fromPitch, int width, float[] to, int toOffset,
            int toStep, int toPitch) {
        for (int j = 0; j < width; j++) {
            int source = fromOffset + j;
            int target = toOffset + j * toPitch;
            to[target] = from[source];
            to[target + toStep] = from[source + fromPitch];
            to[target + 2 * toStep] = from[source + 2 * fromPitch];
            to[target + 3 * toStep] = from[source + 3 * fromPitch];
        }
    }

    /** At least one vector. */
    private static void copy(float[] from, int fromOffset, float[] to, int toOffset, int width) {
        int last = width - LANES;
        for (int i = 0; i < last; i += LANES) {
            FloatVector.fromArray(S, from, fromOffset + i).intoArray(to, toOffset + i);
        }
        FloatVector.fromArray(S, from, fromOffset + last).intoArray(to, toOffset + last);
    }

    /** Elements 0, 2, 4 ... go to {@code evenOffset}, elements 1, 3, 5 ... to {@code oddOffset}. */
    static void split(float[] from, int fromOffset, float[] to, int evenOffset, int oddOffset, int count) {
        int last = count / 2 * 2 - 2 * LANES;
        for (int i = 0; i < last; i += 2 * LANES) {
            splitPair(from, fromOffset + i, to, evenOffset + i / 2, oddOffset + i / 2);
        }
        if (last >= 0) { // overlaps the pair of vectors before it
            splitPair(from, fromOffset + last, to, evenOffset + last / 2, oddOffset + last / 2);
        }
        for (int i = last >= 0 ? count / 2 * 2 : 0; i < count; i++) {
            to[(i % 2 == 0 ? evenOffset : oddOffset) + i / 2] = from[fromOffset + i];
        }
    }

    private static void splitPair(float[] from, int fromOffset, float[] to, int evenOffset, int oddOffset) {
        FloatVector a = FloatVector.fromArray(S, from, fromOffset);
        FloatVector b = FloatVector.fromArray(S, from, fromOffset + LANES);
        a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER).intoArray(to, evenOffset);
        a.rearrange(ODD).blend(b.rearrange(ODD), UPPER).intoArray(to, oddOffset);
    }

    /**
     * {@code rows} rows of {@code width} elements, every second one of those from {@code fromOffset} on, {@code fromPitch} elements behind the row before. Up to a vector behind each
     * row is overwritten with anything.
     */
    static void evens(float[] from, int fromOffset, int fromPitch, float[] to, int toOffset, int toPitch, int width,
            int rows) {
        int u = 0;
        if (width <= LANES) {
            int most = Math.floorDiv(from.length - 2 * LANES - fromOffset, Math.max(fromPitch, 1)) + 1; // that end inside
            for (; u < Math.min(rows, most); u++) {
                evens(from, fromOffset + u * fromPitch, to, toOffset + u * toPitch);
            }
        }
        for (; u < rows; u++) {
            evens(from, fromOffset + u * fromPitch, to, toOffset + u * toPitch, width);
        }
    }

    private static void evens(float[] from, int fromOffset, float[] to, int toOffset, int count) {
        int i = 0;
        for (; i < count && fromOffset + 2 * i + 2 * LANES <= from.length; i += LANES) {
            evens(from, fromOffset + 2 * i, to, toOffset + i);
        }
        for (; i < count; i++) {
            to[toOffset + i] = from[fromOffset + 2 * i];
        }
    }

    private static void evens(float[] from, int fromOffset, float[] to, int toOffset) {
        FloatVector a = FloatVector.fromArray(S, from, fromOffset);
        FloatVector b = FloatVector.fromArray(S, from, fromOffset + LANES);
        a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER).intoArray(to, toOffset);
    }
}
