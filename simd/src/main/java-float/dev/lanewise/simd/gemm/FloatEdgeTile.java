package dev.lanewise.simd.gemm;

import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** A micro-tile apart from C, whole vectors wide, for where C is not: copies between the two, and only of what C has. */
final class FloatEdgeTile {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** From row to row: a full tile and room for columns that begin later. */
    static final int LD = (RegisterTile.VECTORS + 1) * LANES;

    final float[] elements = new float[RegisterTile.ROWS * LD];

    /** Takes rows of C, the first column of which goes to column {@code shift}. */
    void load(FloatMatrix c, int at, int rows, int columns, int shift) {
        if (c.columnStride != 1) {
            loadStrided(c, at, rows, columns, shift);
            return;
        }
        for (int j = 0; j < columns; j += LANES) {
            VectorMask<Float> mask = S.indexInRange(j, columns);
            for (int i = 0; i < rows; i++) {
                FloatVector.fromArray(S, c.array, at + i * c.rowStride + j, mask)
                        .intoArray(elements, i * LD + shift + j);
            }
        }
    }

    /** Gives rows to C. */
    void store(FloatMatrix c, int at, int rows, int columns, int shift) {
        if (c.columnStride != 1) {
            storeStrided(c, at, rows, columns, shift);
            return;
        }
        for (int j = 0; j < columns; j += LANES) {
            VectorMask<Float> mask = S.indexInRange(j, columns);
            for (int i = 0; i < rows; i++) {
                FloatVector.fromArray(S, elements, i * LD + shift + j)
                        .intoArray(c.array, at + i * c.rowStride + j, mask);
            }
        }
    }

    private void loadStrided(FloatMatrix c, int at, int rows, int columns, int shift) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                elements[i * LD + shift + j] = c.array[at + i * c.rowStride + j * c.columnStride];
            }
        }
    }

    private void storeStrided(FloatMatrix c, int at, int rows, int columns, int shift) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c.array[at + i * c.rowStride + j * c.columnStride] = elements[i * LD + shift + j];
            }
        }
    }
}
