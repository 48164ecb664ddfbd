package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Padded taps, skipped or not: the reference's bits, with whatever values would tell the difference. */
class PaddedTapsTest {
    /** What the weights hold besides ordinary values. */
    enum Weights {
        ORDINARY, INFINITE, NAN, NEGATIVE_ZERO
    }

    /** What the biases are. */
    enum Bias {
        ORDINARY, NEGATIVE_ZERO, ZERO
    }

    @Property
    void agreeWithTheReference(@ForAll Weights weights, @ForAll Bias bias, @ForAll PaddingMode mode,
            @ForAll boolean single, @ForAll @IntRange(min = 1, max = 40) int channels,
            @ForAll @IntRange(min = 1, max = 40) int outputs, @ForAll @IntRange(min = 4, max = 20) int height,
            @ForAll @IntRange(min = 4, max = 34) int width, @ForAll @IntRange(min = 1, max = 5) int kernel,
            @ForAll @IntRange(min = 1, max = 2) int stride, @ForAll @IntRange(min = 1, max = 3) int dilation,
            @ForAll long seed) {
        DType dtype = single ? DType.FLOAT32 : DType.FLOAT64;
        Random random = new Random(seed);
        int most = mode == PaddingMode.ZEROS ? 2 * dilation * kernel : 3;
        Padding padding = Padding.sides(random.nextInt(most + 1), random.nextInt(most + 1), random.nextInt(most + 1),
                random.nextInt(most + 1));
        Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(stride).withDilation(dilation).withPadding(padding)
                .withPaddingMode(mode);
        int reach = dilation * (kernel - 1) + 1;
        Tensor x = fill(Tensor.zeros(dtype, 1, channels, height + reach, width + reach), random);
        Tensor w = fill(Tensor.zeros(dtype, outputs, channels, kernel, kernel), random);
        int one = random.nextInt(w.numel());
        switch (weights) {
            case INFINITE -> w.storage().setDouble(one, Double.NEGATIVE_INFINITY);
            case NAN -> w.storage().setDouble(one, Double.NaN);
            case NEGATIVE_ZERO -> w.storage().setDouble(one, -0.0);
            default -> {
            }
        }
        Tensor b = fill(Tensor.zeros(dtype, outputs), random);
        if (bias != Bias.ORDINARY) {
            b.storage().setDouble(random.nextInt(outputs), bias == Bias.ZERO ? 0 : -0.0);
        }
        assertSame(Algorithm.DIRECT_CHANNELS, x, w, b, spec, 1 + random.nextInt(3));
    }

    /** A sum of products that underflow is -0; a padded tap behind them turns it into +0, which shows where the bias is -0. */
    @Property
    void keepTheSignOfASumThatUnderflows(@ForAll Algorithm algorithm) {
        Assume.that(algorithm != Algorithm.DEPTHWISE && algorithm != Algorithm.POINTWISE); // which do not compute this shape
        for (double bias : new double[] {-0.0, 0.0, 1.0}) {
            Tensor x = Tensor.zeros(DType.FLOAT32, 1, 3, 8, 9);
            Tensor w = Tensor.zeros(DType.FLOAT32, 20, 3, 3, 3);
            Tensor b = Tensor.zeros(DType.FLOAT32, 20);
            setAll(x, Float.MIN_VALUE);
            setAll(w, -Float.MIN_VALUE);
            w.storage().setDouble(26, 2); // tap (2, 2, 2) of channel 0: padding for the last pixel
            setAll(b, bias);
            Tensor y = assertSame(algorithm, x, w, b, Conv2dSpec.DEFAULT.withPadding(1), 1);
            assertEquals(Double.doubleToLongBits(bias + 0.0), Double.doubleToLongBits(y.getDouble(0, 0, 7, 8)));
            assertEquals(Double.doubleToLongBits(bias), Double.doubleToLongBits(y.getDouble(0, 1, 7, 7)));
        }
    }

    private static Tensor assertSame(Algorithm algorithm, Tensor x, Tensor w, Tensor b, Conv2dSpec spec, int threads) {
        Conv2dShape shape = Conv2dShape.of(x, w, b, spec);
        Tensor expected = Tensor.zeros(x.dtype(), shape.outputShape());
        Tensor actual = Tensor.zeros(x.dtype(), shape.outputShape());
        Conv2dProviders.reference().plan(shape, w, b, Conv2dOptions.DEFAULT).run(x, expected);
        Conv2dOptions options = Conv2dOptions.DEFAULT.withAlgorithm(algorithm.name())
                .withWorkers(Workers.on(Thread::startVirtualThread, threads));
        Conv2dProviders.byName("simd").plan(shape, w, b, options).run(x, actual);
        for (int i = 0; i < expected.numel(); i++) {
            assertEquals(Double.doubleToLongBits(expected.storage().getDouble(i)),
                    Double.doubleToLongBits(actual.storage().getDouble(i)), shape + " at " + i);
        }
        return actual;
    }

    private static void setAll(Tensor tensor, double value) {
        for (int i = 0; i < tensor.numel(); i++) {
            tensor.storage().setDouble(i, value);
        }
    }

    /** Ordinary values, and some that are tiny, zeros of both signs, infinite. */
    private static Tensor fill(Tensor tensor, Random random) {
        boolean finite = tensor.rank() != 4 || tensor.shape()[0] != 1; // weights and biases, whose special values the cases set
        for (int i = 0; i < tensor.numel(); i++) {
            double value = switch (random.nextInt(finite ? 20 : 60)) {
                case 0 -> -0.0;
                case 1 -> 1e-30 * random.nextGaussian();
                case 2 -> finite ? 1 : Double.POSITIVE_INFINITY;
                default -> random.nextGaussian();
            };
            tensor.storage().setDouble(i, value);
        }
        return tensor;
    }
}
