/** Matrix products to measure, and what computes them. */
@NullMarked
package dev.lanewise.bench.gemm;

import org.jspecify.annotations.NullMarked;
