package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmOperand;

/** An operand of a run: a {@link GemmOperand} with its array in its type. Set anew for each run, so that runs allocate nothing. */
final class FloatMatrix {
    private static final float[] NONE = {};

    float[] array = NONE;
    /** Whether the array holds the matrix packed; then strides mean nothing. */
    boolean packed;
    int offset;
    int rowStride;
    int columnStride;
    int batchStride;

    void set(GemmOperand operand, boolean transposed) {
        packed = operand.packed() != null;
        array = operand.packed() instanceof FloatPackedMatrix matrix ? matrix.elements : (float[]) operand.array();
        offset = operand.offset();
        rowStride = transposed ? operand.columnStride() : operand.rowStride();
        columnStride = transposed ? operand.rowStride() : operand.columnStride();
        batchStride = operand.batchStride();
    }

    void clear() {
        array = NONE;
    }

    int at(int matrix, int i, int j) {
        return offset + matrix * batchStride + i * rowStride + j * columnStride;
    }
}
