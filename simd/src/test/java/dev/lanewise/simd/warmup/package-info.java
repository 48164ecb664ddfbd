/** Tests of the cold start. */
@NullMarked
package dev.lanewise.simd.warmup;

import org.jspecify.annotations.NullMarked;
