/** What finishes output elements while they are still in the cache: activations and the addition of a residual. */
@NullMarked
package dev.lanewise.simd.epilogue;

import org.jspecify.annotations.NullMarked;
