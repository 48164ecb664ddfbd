@NullMarked
package dev.lanewise.bench.lecture;

import org.jspecify.annotations.NullMarked;
