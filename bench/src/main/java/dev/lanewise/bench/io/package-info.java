/** Files as a command line program should treat them, and a progress bar. */
@NullMarked
package dev.lanewise.bench.io;

import org.jspecify.annotations.NullMarked;
