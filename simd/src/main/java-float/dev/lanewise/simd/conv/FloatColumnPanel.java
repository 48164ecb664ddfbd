package dev.lanewise.simd.conv;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.RegisterTile;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pixels of micro-tiles, tile after tile, each {@code [taps][NR]}.
 *
 * <p>With 16 registers a micro-tile has few rows, so that a vector of pixels meets five weights and is read again for the next five. In place each tap lies on another page and often
 * on the same sets of the L1 cache; from here it comes from that cache, through fewer instructions. (1x1 layers from and to 64 to 2048 channels take 0.6 to 0.97 of the time, in the
 * median 0.81: JDK 25, Zen 3.) With a larger kernel and several blocks of taps it takes a fifth longer (64 channels of 56x56, 3x3), because in place nine taps share lines; with few input
 * channels less (7x7 s2 from 3 to 64 channels 0.82, 3x3 from 3 to 64 channels 0.78).
 */
final class FloatColumnPanel {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** The pixels of a tile. */
    static final int NR = RegisterTile.VECTORS * LANES;
    /** The elements of a tile of KC taps. */
    static final int LENGTH = NumericsContract.KC * NR;

    final float[] elements;

    /** Room for {@link #LENGTH} elements, or for none. */
    FloatColumnPanel(int length) {
        elements = new float[length];
    }

    /**
     * Takes a tile.
     *
     * @param from its first tap begins at {@code at}, the others {@code ld} further on each
     * @param to where it goes
     */
    void pack(float[] from, int at, int ld, int taps, int to) {
        for (int k = 0; k < taps; k++) {
            FloatVector.fromArray(S, from, at + k * ld).intoArray(elements, to + k * NR);
            FloatVector.fromArray(S, from, at + k * ld + LANES).intoArray(elements, to + k * NR + LANES);
        }
    }

    /** Takes one tile, whose taps begin so far from {@code at} as {@code offsets} says. */
    void pack(float[] from, int at, int[] offsets, int taps) {
        for (int k = 0; k < taps; k++) {
            int row = at + offsets[k];
            FloatVector.fromArray(S, from, row).intoArray(elements, k * NR);
            FloatVector.fromArray(S, from, row + LANES).intoArray(elements, k * NR + LANES);
        }
    }
}
