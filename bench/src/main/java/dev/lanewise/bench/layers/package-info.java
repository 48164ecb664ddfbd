/** The convolutions of well-known networks, to measure. */
@NullMarked
package dev.lanewise.bench.layers;

import org.jspecify.annotations.NullMarked;
