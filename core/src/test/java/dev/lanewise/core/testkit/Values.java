package dev.lanewise.core.testkit;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Kinds of element values, from the simplest to the most hostile. */
public enum Values {
    /** Zeros of both signs. */
    ZEROS,
    /** Integers from -4 to 4: sums of products are exact, in every order. */
    INTEGERS,
    /** Normally distributed. */
    NORMALS,
    /** Exponents far apart, so that every change of the order or of a rounding shows; nothing overflows. */
    WIDE,
    /** Subnormals, values whose products are subnormal or underflow, and zeros of both signs. */
    TINY,
    /** So small that every product of two of them underflows to a zero of its sign, and zeros of both signs. */
    VANISHING,
    /** Normals with few or many of NaN, infinities, signed zeros, subnormals and huge values among them. */
    HOSTILE;

    /**
     * A contiguous tensor of such values.
     *
     * @param dtype float32 or float64
     * @param shape any sizes
     * @param seed the same seed gives the same values
     */
    public Tensor tensor(DType dtype, int[] shape, long seed) {
        Tensor tensor = Tensor.zeros(dtype, shape);
        DoubleSupplier source = source(dtype, new SplittableRandom(seed));
        for (int i = 0; i < tensor.numel(); i++) {
            tensor.storage().setDouble(i, source.getAsDouble());
        }
        return tensor;
    }

    /** A contiguous copy of a float32 or float64 tensor, with a zero of the same sign in the place of each subnormal element. */
    static Tensor withoutSubnormals(Tensor tensor) {
        Tensor copy = tensor.copy();
        int least = copy.dtype() == DType.FLOAT32 ? Float.MIN_EXPONENT : Double.MIN_EXPONENT;
        for (int i = 0; i < copy.numel(); i++) {
            double value = copy.storage().getDouble(i);
            copy.storage().setDouble(i, Math.getExponent(value) < least ? 0 * Math.signum(value) : value);
        }
        return copy;
    }

    private DoubleSupplier source(DType dtype, SplittableRandom random) {
        boolean isSingle = dtype == DType.FLOAT32;
        return switch (this) {
            case ZEROS -> () -> signed(0, random);
            case INTEGERS -> () -> random.nextInt(-4, 5);
            case NORMALS -> random::nextGaussian;
            case WIDE -> () -> power(random, isSingle ? -40 : -300, isSingle ? 40 : 300);
            case TINY -> () -> random.nextInt(6) == 0
                    ? signed(0, random)
                    : power(random, isSingle ? -152 : -1080, isSingle ? -60 : -500);
            case VANISHING -> () -> random.nextBoolean()
                    ? signed(0, random)
                    : power(random, isSingle ? -149 : -1074, isSingle ? -80 : -540);
            case HOSTILE -> hostile(isSingle, random);
        };
    }

    /** In one tensor every second element is special, in another one of a thousand: a NaN hides what it meets. */
    private static DoubleSupplier hostile(boolean isSingle, SplittableRandom random) {
        int rarity = 1 << random.nextInt(1, 11);
        double[] specials = isSingle
                ? new double[] {0, Float.MIN_VALUE, Float.MIN_NORMAL, Float.MIN_NORMAL - Float.MIN_VALUE,
                    Float.MAX_VALUE, 0x1p64, 1 + Math.ulp(1f)}
                : new double[] {0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MIN_NORMAL - Double.MIN_VALUE,
                    Double.MAX_VALUE, 0x1p512, 1 + Math.ulp(1.0)};
        return () -> {
            if (random.nextInt(rarity) != 0) {
                return random.nextGaussian();
            }
            int which = random.nextInt(specials.length + 3);
            return which == 0 ? Double.NaN : signed(which < 3 ? Double.POSITIVE_INFINITY : specials[which - 3], random);
        };
    }

    private static double power(SplittableRandom random, int least, int most) {
        return signed(Math.scalb(1 + random.nextDouble(), random.nextInt(least, most)), random);
    }

    private static double signed(double value, SplittableRandom random) {
        return random.nextBoolean() ? value : -value;
    }
}
