/**
 * The library's contract as properties, for everyone who writes a {@link dev.lanewise.core.conv.Conv2dProvider}.
 *
 * <p>Extend {@link dev.lanewise.core.testkit.Conv2dContract}, say which provider is meant, and run the class with jqwik: the outcome is either
 * «equal to the reference over n random convolutions», or one small convolution that is not, in a line that can be replayed.
 *
 * <pre>{@code
 * class MyProviderTest extends Conv2dContract {
 *     @Override
 *     protected Conv2dProvider provider() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>A kernel that sums in an order of its own extends {@link dev.lanewise.core.testkit.Conv2dErrorContract} instead, which asks for an error
 * that rounding explains ({@link dev.lanewise.core.testkit.ErrorBound}) in place of equal bits.
 *
 * <p>For tests of another shape {@link dev.lanewise.core.testkit.Equality} compares tensors by their bits,
 * {@link dev.lanewise.core.testkit.Guard} finds writes to where nothing may be written, {@link dev.lanewise.core.testkit.Layout} and
 * {@link dev.lanewise.core.testkit.Values} make awkward tensors, and {@link dev.lanewise.core.testkit.PlainProvider} gives wrong answers on
 * demand.
 */
@NullMarked
package dev.lanewise.core.testkit;

import org.jspecify.annotations.NullMarked;
