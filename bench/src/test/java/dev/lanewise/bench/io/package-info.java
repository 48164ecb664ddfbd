@NullMarked
package dev.lanewise.bench.io;

import org.jspecify.annotations.NullMarked;
