@NullMarked
package dev.lanewise.bench.jmh;

import org.jspecify.annotations.NullMarked;
