/** What is fuzzed: everything that reads text or files which somebody else wrote. */
@NullMarked
package dev.lanewise.bench.fuzz;

import org.jspecify.annotations.NullMarked;
