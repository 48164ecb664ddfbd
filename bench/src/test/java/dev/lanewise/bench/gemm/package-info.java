/** Tests of the package. */
@NullMarked
package dev.lanewise.bench.gemm;

import org.jspecify.annotations.NullMarked;
