package dev.lanewise.core.numerics;

/**
 * What fixes the bits of every floating-point result, so that all providers, vector widths and thread counts give the same ones.
 *
 * <p>A sum of products over k is folded in rising k, one fused multiply-add a step, in blocks of {@link #KC}: product k belongs to
 * block k / KC, each block starts at +0, and the block sums are added, in order, to a running value. Equal means equal
 * {@link Float#floatToIntBits} or {@link Double#doubleToLongBits}: signed zeros differ, all NaNs are one value.
 */
public final class NumericsContract {
    /**
     * The products of one block, BLIS's cache block size along k. No tuning knob: it decides bits. One long float32 fold of 4608
     * products is 8 times less accurate than the blocked one.
     */
    public static final int KC = 256;

    private NumericsContract() {
    }
}
