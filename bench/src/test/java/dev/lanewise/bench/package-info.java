@NullMarked
package dev.lanewise.bench;

import org.jspecify.annotations.NullMarked;
