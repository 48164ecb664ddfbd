/** Tests of the verification, with providers that have something to find. */
@NullMarked
package dev.lanewise.bench.verify;

import org.jspecify.annotations.NullMarked;
