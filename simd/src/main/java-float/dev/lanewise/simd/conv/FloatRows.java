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

    static void copy(float[] from, int fromOffset, float[] to, int toOffset, int count) {
        if (count >= LANES) {
            int last = count - LANES;
            for (int i = 0; i < last; i += LANES) {
                FloatVector.fromArray(S, from, fromOffset + i).intoArray(to, toOffset + i);
            }
            FloatVector.fromArray(S, from, fromOffset + last).intoArray(to, toOffset + last);
        } else if (count >= HALF.length()) {
            int last = count - HALF.length();
            FloatVector.fromArray(HALF, from, fromOffset).intoArray(to, toOffset);
            FloatVector.fromArray(HALF, from, fromOffset + last).intoArray(to, toOffset + last);
        } else if (count >= QUARTER.length()) {
            int last = count - QUARTER.length();
            FloatVector.fromArray(QUARTER, from, fromOffset).intoArray(to, toOffset);
            FloatVector.fromArray(QUARTER, from, fromOffset + last).intoArray(to, toOffset + last);
        } else {
            for (int i = 0; i < count; i++) {
                to[toOffset + i] = from[fromOffset + i];
            }
        }
    }

    /** Elements 0, 2, 4 ... go to {@code evenOffset}, elements 1, 3, 5 ... to {@code oddOffset}. */
    static void split(float[] from, int fromOffset, float[] to, int evenOffset, int oddOffset, int count) {
        int whole = count / (2 * LANES) * (2 * LANES);
        for (int i = 0; i < whole; i += 2 * LANES) {
            FloatVector a = FloatVector.fromArray(S, from, fromOffset + i);
            FloatVector b = FloatVector.fromArray(S, from, fromOffset + i + LANES);
            a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER).intoArray(to, evenOffset + i / 2);
            a.rearrange(ODD).blend(b.rearrange(ODD), UPPER).intoArray(to, oddOffset + i / 2);
        }
        for (int i = whole; i < count; i++) {
            to[(i % 2 == 0 ? evenOffset : oddOffset) + i / 2] = from[fromOffset + i];
        }
    }
}
