package dev.lanewise.bench.peers;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A matrix in native memory, aligned to a cache line. */
final class NativeMatrix implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private final Pointer block;
    private final FloatPointer floats;
    private final DoublePointer doubles;
    private final int length;
    private final boolean isDouble;

    /** Of zeros. */
    NativeMatrix(DType dtype, int length) {
        this.isDouble = dtype == DType.FLOAT64;
        this.length = length;
        long bytes = (long) length * (isDouble ? Double.BYTES : Float.BYTES);
        this.block = Pointer.malloc(bytes + ALIGNMENT);
        Pointer.memset(block, 0, bytes + ALIGNMENT);
        long shift = Math.floorMod(-block.address(), (long) ALIGNMENT);
        Pointer aligned = new Pointer(block).getPointer(shift);
        this.floats = new FloatPointer(aligned).capacity(isDouble ? 0 : length);
        this.doubles = new DoublePointer(aligned).capacity(isDouble ? length : 0);
    }

    /** A copy. */
    static NativeMatrix of(Tensor matrix) {
        NativeMatrix copy = new NativeMatrix(matrix.dtype(), matrix.numel());
        if (copy.isDouble) {
            copy.doubles.put(matrix.doubles());
        } else {
            copy.floats.put(matrix.floats());
        }
        return copy;
    }

    FloatPointer floats() {
        return floats;
    }

    DoublePointer doubles() {
        return doubles;
    }

    /** The values. */
    double[] toArray() {
        double[] values = new double[length];
        if (isDouble) {
            doubles.get(values);
        } else {
            float[] singles = new float[length];
            floats.get(singles);
            for (int i = 0; i < length; i++) {
                values[i] = singles[i];
            }
        }
        return values;
    }

    @Override
    public void close() {
        Pointer.free(block);
    }
}
