/**
 * A lecture's Python examples of convolutions and tensor views, replayed in Java: a class per section, in the order of the lecture.
 *
 * <p>The listings that are shown are the source lines of these classes themselves, which the build packs as resources.
 */
@NullMarked
package dev.lanewise.bench.lecture;

import org.jspecify.annotations.NullMarked;
