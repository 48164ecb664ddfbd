package dev.lanewise.simd.conv;

/** The ways to compute a convolution; all give the reference's bits. */
public enum Algorithm {
    /** Panels of the im2col matrix, times the packed weights: any shape. */
    IM2COL_GEMM,
    /** Channel by channel along the rows: one input channel per group. */
    DEPTHWISE
}
