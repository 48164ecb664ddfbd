/** Matrix multiplication in BLIS's way: packing, micro-kernels, and the loops around them. */
@NullMarked
package dev.lanewise.simd.gemm;

import org.jspecify.annotations.NullMarked;
