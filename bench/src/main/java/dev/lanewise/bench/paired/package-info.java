/** Timing side by side: contestants take turns round by round in one JVM, and what counts is the ratio within a round. */
@NullMarked
package dev.lanewise.bench.paired;

import org.jspecify.annotations.NullMarked;
