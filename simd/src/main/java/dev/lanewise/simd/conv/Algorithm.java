package dev.lanewise.simd.conv;

/** The ways to compute a convolution; all give the reference's bits. */
public enum Algorithm {
    /** Panels of the im2col matrix, times the packed weights: any shape. */
    IM2COL_GEMM,
    /** The packed weights times x, where it lies: kernels of 1x1 without padding. */
    POINTWISE,
    /** Some output rows at a time: one input channel per group, square kernels of 3, 5 or 7, stride 1 or 2. */
    DEPTHWISE,
    /**
     * Straight from a padded copy of some rows: any shape; no im2col, but the padding between rows is computed too. In NHWC at most 256 taps: few
     * channels per group.
     */
    DIRECT,
    /** Lanes are output channels, and tiles are any pixels: any shape; skips taps that meet padding, but packs tiles and transposes results. */
    DIRECT_CHANNELS,
    /** Loops without vectors of ours: any shape. What runs in place of the others until their code has been compiled. */
    PLAIN
}
