/** Runs the test kit's properties against a provider, as a program and not as a test of a build. */
@NullMarked
package dev.lanewise.bench.verify;

import org.jspecify.annotations.NullMarked;
