/** What this JVM's vectors are: width and registers, decided in one class. */
@NullMarked
package dev.lanewise.simd.environment;

import org.jspecify.annotations.NullMarked;
