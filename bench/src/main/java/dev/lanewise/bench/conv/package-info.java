/** Convolutions to measure, and what computes them. */
@NullMarked
package dev.lanewise.bench.conv;

import org.jspecify.annotations.NullMarked;
