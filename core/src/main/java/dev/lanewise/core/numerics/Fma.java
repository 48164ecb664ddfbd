package dev.lanewise.core.numerics;

import dev.lanewise.core.platform.HotSpot;

/**
 * The fused multiply-add {@code a * b + c}, rounded once: the only place in this module that calls {@link Math#fma}.
 *
 * <p>Without FMA hardware {@code Math.fma} goes through {@code BigDecimal} and costs microseconds. The float32 form below gives the
 * same bits in some 10 ns; float64 has no such form and stays with {@code Math.fma}.
 */
public final class Fma {
    /** A constant to the compiler, so that the other branch is not compiled at all. */
    private static final boolean HARDWARE = HotSpot.hasFma();

    private Fma() {
    }

    /** {@code a * b + c}, rounded once. */
    public static float fma(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : withoutHardware(a, b, c);
    }

    /** {@code a * b + c}, rounded once. */
    public static double fma(double a, double b, double c) {
        return Math.fma(a, b, c);
    }

    /**
     * The exact float32 form: the product of two floats is exact in double (24 + 24 bits in 53, exponents far from the ends); the sum is
     * rounded to odd there, so that the cast to float sees on which side of a tie the exact sum lies (Boldo and Melquiond, «Emulation
     * of FMA and correctly rounded sums: proved algorithms using rounding to odd», 2008). That holds for results that are subnormal or
     * overflow as floats too: the cast rounds a double whose last bit tells all that was cut off.
     */
    static float withoutHardware(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double share = sum - product; // TwoSum: error is what the rounding of sum lost, exactly
        double error = (product - (sum - share)) + (c - share);
        long bits = Double.doubleToRawLongBits(sum);
        boolean inexact = error != 0 && !Double.isNaN(error); // NaN: sum is infinite or NaN, which needs no help
        if (inexact && (bits & 1) == 0) { // then sum is not 0: two doubles whose sum rounds to 0 cancel exactly
            boolean awayFromZero = (error > 0) == (sum > 0);
            sum = Double.longBitsToDouble(awayFromZero ? bits + 1 : bits - 1);
        }
        return (float) sum;
    }
}
