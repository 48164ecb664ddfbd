/** Tests of the package. */
@NullMarked
package dev.lanewise.bench.conv;

import org.jspecify.annotations.NullMarked;
