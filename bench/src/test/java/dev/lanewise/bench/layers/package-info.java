@NullMarked
package dev.lanewise.bench.layers;

import org.jspecify.annotations.NullMarked;
