/** Plain loops, fast from the first milliseconds on: what computes until vector code has been compiled. */
@NullMarked
package dev.lanewise.simd.plain;

import org.jspecify.annotations.NullMarked;
