/** Results of benchmarks as tables, JSON and charts. */
@NullMarked
package dev.lanewise.bench.report;

import org.jspecify.annotations.NullMarked;
