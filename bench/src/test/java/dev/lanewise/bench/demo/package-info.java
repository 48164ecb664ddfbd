@NullMarked
package dev.lanewise.bench.demo;

import org.jspecify.annotations.NullMarked;
