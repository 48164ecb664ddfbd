/** Tests of the package. */
@NullMarked
package dev.lanewise.bench.report;

import org.jspecify.annotations.NullMarked;
