package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.RegisterTile;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * A micro-tile [channels x pixels] apart from y, whole vectors wide, for where y is not: copies between the two, and only of the pixels that y has.
 */
final class FloatPixelTile {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** From row to row: the widest tile and room for pixels that begin later. */
    static final int LD = (RegisterTile.VECTORS + 2) * LANES;

    final float[] elements = new float[RegisterTile.ROWS * LD];

    /**
     * Takes pixels of y, the first of which goes to column {@code shift}.
     *
     * @param plane where the plane of the first channel begins in y's array
     * @param first the first pixel
     * @param width the pixels of a row of y
     */
    void load(float[] y, Layout layout, int plane, int first, int width, int rows, int columns, int shift) {
        if (layout.isPlaneDense(width)) {
            for (int j = 0; j < columns; j += LANES) {
                VectorMask<Float> mask = S.indexInRange(j, columns);
                for (int i = 0; i < rows; i++) {
                    FloatVector.fromArray(S, y, plane + i * layout.channel + first + j, mask)
                            .intoArray(elements, i * LD + shift + j);
                }
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                elements[i * LD + shift + j] = y[place(layout, plane + i * layout.channel, first + j, width)];
            }
        }
    }

    /** Gives pixels to y. */
    void store(float[] y, Layout layout, int plane, int first, int width, int rows, int columns, int shift) {
        if (layout.isPlaneDense(width)) {
            for (int j = 0; j < columns; j += LANES) {
                VectorMask<Float> mask = S.indexInRange(j, columns);
                for (int i = 0; i < rows; i++) {
                    FloatVector.fromArray(S, elements, i * LD + shift + j)
                            .intoArray(y, plane + i * layout.channel + first + j, mask);
                }
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[place(layout, plane + i * layout.channel, first + j, width)] = elements[i * LD + shift + j];
            }
        }
    }

    private static int place(Layout layout, int plane, int pixel, int width) {
        return plane + pixel / width * layout.row + pixel % width * layout.column;
    }
}
