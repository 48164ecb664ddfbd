/** The arithmetic that every provider agrees on. */
@NullMarked
package dev.lanewise.core.numerics;

import org.jspecify.annotations.NullMarked;
