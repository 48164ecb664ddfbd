/** The convolution provider that runs on the Vector API, and what decides how wide its vectors are. */
@NullMarked
package dev.lanewise.simd;

import org.jspecify.annotations.NullMarked;
