package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.plain.FloatPlainFold;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in plain loops: a part of the im2col matrix, times the weights.
 *
 * <p>Wins until the vector code has been compiled; afterwards that of all other algorithms is faster.
 */
final class FloatPlain implements ConvAlgorithm {
    private static final int KC = NumericsContract.KC;
    private static final int ROWS = FloatPlainFold.ROWS;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    /** [Cout, K]. */
    private final float[] weights;
    private final float[] bias;
    private final int blocks;
    private final int pixels;
    private final int[] rowSources;
    private final int[] columnSources;

    FloatPlain(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape, weight.copy().floats(), bias == null ? new float[shape.outputChannels()] : bias.copy().floats(),
                epilogue);
    }

    private FloatPlain(Conv2dShape shape, float[] weights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.weights = weights;
        this.bias = bias;
        this.blocks = Math.ceilDiv(shape.outputPixels(), FloatPlainFold.COLUMNS);
        this.pixels = Math.ceilDiv(shape.outputPixels(), blocks);
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatPlain(shape, weights, bias, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        long kc = Math.min(shape.taps(), KC);
        return Float.BYTES * (kc * pixels + ROWS * (kc + pixels));
    }

    private final class Run extends FloatRun {
        private final FloatPlainFold[] folds;

        Run(int parallelism) {
            super(epilogue);
            folds = new FloatPlainFold[parallelism];
            for (int i = 0; i < parallelism; i++) {
                folds[i] = new FloatPlainFold(shape.taps(), pixels);
            }
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks;
        }

        /** One block of output pixels of one group in one image. */
        @Override
        public void run(int index, int worker) {
            int first = index % blocks * pixels;
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int count = Math.min(pixels, shape.outputPixels() - first);
            int firstChannel = group * shape.groupOutputChannels();
            int lastChannel = firstChannel + shape.groupOutputChannels();
            for (int k0 = 0; k0 < shape.taps(); k0 += KC) {
                multiply(n, group, firstChannel, lastChannel, k0, first, count, folds[worker]);
            }
            for (int channel = firstChannel; channel < lastChannel; channel++) {
                finish(n, channel, first, count, shape.columns().output());
            }
        }

        private void multiply(int n, int group, int firstChannel, int lastChannel, int k0, int first, int count,
                FloatPlainFold fold) {
            int kc = Math.min(KC, shape.taps() - k0);
            for (int p = 0; p < kc; p++) {
                FloatIm2col.pack(shape, rowSources, columnSources, xArray, x, n, group, k0 + p, 1, first, count,
                        fold.b[p], 0);
            }
            for (int channel = firstChannel; channel < lastChannel; channel += ROWS) {
                int rows = Math.min(ROWS, lastChannel - channel);
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(weights, (channel + i) * shape.taps() + k0, fold.a[i], 0, kc);
                }
                fold.fold(rows, kc, count);
                for (int i = 0; i < rows; i++) {
                    add(fold, i, n, channel + i, k0 == 0, first, count);
                }
            }
        }

        /** Adds sums to y, or to the bias. */
        private void add(FloatPlainFold fold, int i, int n, int channel, boolean toBias, int first, int count) {
            if (toBias) {
                Arrays.fill(fold.start, 0, count, bias[channel]);
            } else {
                copy(fold.start, n, channel, first, count, false);
            }
            fold.scaleAndAdd(i, 1, count);
            copy(fold.sums[i], n, channel, first, count, true);
        }

        /** Between y and a row of its own. */
        private void copy(float[] row, int n, int channel, int first, int count, boolean intoY) {
            int width = shape.columns().output();
            int q = first % width;
            int at = y.at(n, channel, first / width, 0);
            if (y.isPlaneDense(width)) {
                if (intoY) {
                    System.arraycopy(row, 0, yArray, at + q, count);
                } else {
                    System.arraycopy(yArray, at + q, row, 0, count);
                }
                return;
            }
            for (int j = 0; j < count; j++) {
                if (intoY) {
                    yArray[at + q * y.column] = row[j];
                } else {
                    row[j] = yArray[at + q * y.column];
                }
                if (++q == width) {
                    q = 0;
                    at += y.row;
                }
            }
        }
    }
}
