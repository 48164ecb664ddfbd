/** The cold start: who computes until the JVM has compiled the vector code. */
@NullMarked
package dev.lanewise.simd.warmup;

import org.jspecify.annotations.NullMarked;
