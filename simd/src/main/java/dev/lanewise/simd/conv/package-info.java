/** Convolution: the plan, the choice of an algorithm, and a class for each algorithm. */
@NullMarked
package dev.lanewise.simd.conv;

import org.jspecify.annotations.NullMarked;
