package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.LargeArrays;
import dev.lanewise.simd.environment.VectorEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Weights packed for lanes that are output channels: group after group, block of KC taps after block, panel of channels after panel, each
 * {@code [taps][vectors of the panel * LANES]}. What fills the last vector of a group is zero.
 */
final class FloatChannelPanels {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int KC = NumericsContract.KC;
    /** Where the weights begin, for vectors that lie in one cache line. */
    private static final int FIRST = LargeArrays.BYTES_BEFORE_LINE / Float.BYTES;
    /** The most vectors of a panel. */
    static final int VECTORS = 2;

    private FloatChannelPanels() {
    }

    /** The vectors of a group's output channels. */
    static int vectors(Conv2dShape shape) {
        return Math.ceilDiv(shape.groupOutputChannels(), LANES);
    }

    /**
     * Where the weights of a panel begin, for a block of kc taps from k0 on.
     *
     * @param taps of a group
     * @param vectors of a group's output channels
     * @param v the first vector of the panel
     */
    static int start(int taps, int vectors, int group, int k0, int kc, int v) {
        return FIRST + ((group * taps + k0) * vectors + v * kc) * LANES;
    }

    /** The bias in whole vectors for each group; zeros without one. */
    static float[] bias(Conv2dShape shape, @Nullable Tensor bias) {
        int ld = vectors(shape) * LANES;
        float[] padded = new float[shape.groups() * ld];
        if (bias != null) {
            int m = shape.groupOutputChannels();
            float[] values = bias.copy().floats();
            for (int g = 0; g < shape.groups(); g++) {
                System.arraycopy(values, g * m, padded, g * ld, m);
            }
        }
        return padded;
    }

    /**
     * Packs.
     *
     * @param weight [Cout, Cin/groups, R, S], of any strides
     */
    static float[] pack(Conv2dShape shape, Tensor weight) {
        Tensor rows = weight.reshape(shape.outputChannels(), shape.taps());
        int m = shape.groupOutputChannels();
        int vectors = vectors(shape);
        float[] from = rows.floats();
        int length = Math.multiplyExact(shape.groups() * shape.taps(), vectors * LANES);
        float[] packed = new float[LargeArrays.length(length, Float.BYTES)];
        int to = FIRST;
        for (int g = 0; g < shape.groups(); g++) {
            for (int k0 = 0; k0 < shape.taps(); k0 += KC) {
                int k1 = Math.min(k0 + KC, shape.taps());
                for (int v = 0; v < vectors; v += VECTORS) {
                    int first = v * LANES;
                    int width = Math.min(VECTORS, vectors - v) * LANES;
                    for (int k = k0; k < k1; k++) {
                        for (int i = first; i < Math.min(first + width, m); i++) {
                            packed[to + i - first] = from[rows.offset() + (g * m + i) * rows.stride(0)
                                    + k * rows.stride(1)];
                        }
                        to += width;
                    }
                }
            }
        }
        return packed;
    }
}
