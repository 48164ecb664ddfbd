@NullMarked
package dev.lanewise.bench.net;

import org.jspecify.annotations.NullMarked;
