package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.gemm.PackedMatrix;
import dev.lanewise.core.tensor.Tensor;

/** A matrix that {@link FloatPackedA} or {@link FloatPackedB} has packed. */
final class FloatPackedMatrix extends PackedMatrix {
    final float[] elements;

    private FloatPackedMatrix(GemmProvider provider, Side side, Tensor matrix, float[] elements) {
        super(provider, side, matrix.dtype(), matrix.size(0), matrix.size(1));
        this.elements = elements;
    }

    static FloatPackedMatrix packA(GemmProvider provider, Tensor a) {
        int m = a.size(0);
        int k = a.size(1);
        float[] elements = new float[FloatPackedA.length(m, k)];
        FloatPackedA.pack(m, k, a.floats(), a.offset(), a.stride(0), a.stride(1), RegisterTile.panelRows(m), elements,
                0);
        return new FloatPackedMatrix(provider, Side.A, a, elements);
    }

    static FloatPackedMatrix packB(GemmProvider provider, Tensor b) {
        int k = b.size(0);
        int n = b.size(1);
        float[] elements = new float[Math.multiplyExact(k, FloatPackedB.paddedColumns(n))];
        FloatPackedB.pack(k, n, b.floats(), b.offset(), b.stride(0), b.stride(1), elements);
        return new FloatPackedMatrix(provider, Side.B, b, elements);
    }
}
