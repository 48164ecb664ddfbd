/** The convolution provider that runs on the Vector API, and the peak that its speed is measured against. */
@NullMarked
package dev.lanewise.simd;

import org.jspecify.annotations.NullMarked;
