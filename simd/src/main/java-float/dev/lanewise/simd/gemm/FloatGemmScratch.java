package dev.lanewise.simd.gemm;

import dev.lanewise.simd.environment.VectorEnvironment;

/** What one thread works with: the blocks of A and B it has packed, or where the caller's packed ones are, and a micro-tile for the edges of C. */
final class FloatGemmScratch {
    final float[] tile = new float[RegisterTile.ROWS * RegisterTile.VECTORS * VectorEnvironment.FLOAT_SPECIES.length()];
    private float[] ownA = {};
    private float[] ownB = {};
    float[] a = ownA;
    int aOffset;
    float[] b = ownB;
    int bOffset;

    /** At least this many elements for a block of A, to be used next. */
    float[] ownA(int length) {
        if (ownA.length < length) {
            ownA = new float[length];
        }
        useA(ownA, 0);
        return ownA;
    }

    void useA(float[] array, int offset) {
        a = array;
        aOffset = offset;
    }

    /** At least this many elements for a block of B, to be used next. */
    float[] ownB(int length) {
        if (ownB.length < length) {
            ownB = new float[length];
        }
        useB(ownB, 0);
        return ownB;
    }

    void useB(float[] array, int offset) {
        b = array;
        bOffset = offset;
    }
}
