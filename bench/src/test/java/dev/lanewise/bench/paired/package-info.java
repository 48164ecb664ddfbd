/** Tests of the package. */
@NullMarked
package dev.lanewise.bench.paired;

import org.jspecify.annotations.NullMarked;
