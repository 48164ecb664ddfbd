package dev.lanewise.core.conv;

import dev.lanewise.core.numerics.Fma;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one output element: the numerics contract, in three element types.
 *
 * <p>Floating point: the taps are folded in rising order with one fused multiply-add each, in blocks of {@link #BLOCK}. A block
 * starts at +0; block sums are added in order to a value that starts at the bias (+0 without one).
 */
public abstract sealed class TapFold {
    /** The taps of one block. */
    public static final int BLOCK = NumericsContract.KC;
    /** The place of a tap that is a padded zero. */
    static final int ZERO = -1;

    private TapFold() {
    }

    /**
     * Folds one output element and writes it.
     *
     * @param taps for each tap where its pixel lies in x's array, or {@link #ZERO}
     * @param channel the output channel
     * @param position where the result goes in y's array
     */
    abstract void fold(int[] taps, int channel, int position);

    /** The fold over these tensors; weight and bias are contiguous. */
    static TapFold of(DType dtype, Tensor x, Tensor weight, @Nullable Tensor bias, Tensor y) {
        return switch (dtype) {
            case FLOAT32 -> new Float32(x.floats(), weight.floats(), bias == null ? null : bias.floats(), y.floats());
            case FLOAT64 ->
                new Float64(x.doubles(), weight.doubles(), bias == null ? null : bias.doubles(), y.doubles());
            default -> new Wrapping(x.storage(), weight.storage(), bias == null ? null : bias.storage(), y.storage());
        };
    }

    private static final class Float32 extends TapFold {
        private final float[] x;
        private final float[] w;
        private final float @Nullable [] b;
        private final float[] y;

        Float32(float[] x, float[] w, float @Nullable [] b, float[] y) {
            this.x = x;
            this.w = w;
            this.b = b;
            this.y = y;
        }

        @Override
        void fold(int[] taps, int channel, int position) {
            int row = channel * taps.length;
            float value = b == null ? 0 : b[channel];
            for (int start = 0; start < taps.length; start += BLOCK) {
                int end = Math.min(start + BLOCK, taps.length);
                float sum = 0;
                for (int k = start; k < end; k++) {
                    sum = Fma.fma(taps[k] == ZERO ? 0 : x[taps[k]], w[row + k], sum);
                }
                value += sum;
            }
            y[position] = value;
        }
    }

    private static final class Float64 extends TapFold {
        private final double[] x;
        private final double[] w;
        private final double @Nullable [] b;
        private final double[] y;

        Float64(double[] x, double[] w, double @Nullable [] b, double[] y) {
            this.x = x;
            this.w = w;
            this.b = b;
            this.y = y;
        }

        @Override
        void fold(int[] taps, int channel, int position) {
            int row = channel * taps.length;
            double value = b == null ? 0 : b[channel];
            for (int start = 0; start < taps.length; start += BLOCK) {
                int end = Math.min(start + BLOCK, taps.length);
                double sum = 0;
                for (int k = start; k < end; k++) {
                    sum = Fma.fma(taps[k] == ZERO ? 0 : x[taps[k]], w[row + k], sum);
                }
                value += sum;
            }
            y[position] = value;
        }
    }

    /** Integers: arithmetic modulo 2^64, cut to the type's bits when stored, which is arithmetic modulo 2^bits throughout. */
    private static final class Wrapping extends TapFold {
        private final Storage x;
        private final Storage w;
        private final @Nullable Storage b;
        private final Storage y;

        Wrapping(Storage x, Storage w, @Nullable Storage b, Storage y) {
            this.x = x;
            this.w = w;
            this.b = b;
            this.y = y;
        }

        @Override
        void fold(int[] taps, int channel, int position) {
            int row = channel * taps.length;
            long value = b == null ? 0 : b.getLong(channel);
            for (int k = 0; k < taps.length; k++) {
                value += taps[k] == ZERO ? 0 : x.getLong(taps[k]) * w.getLong(row + k);
            }
            y.setLong(position, value);
        }
    }
}
