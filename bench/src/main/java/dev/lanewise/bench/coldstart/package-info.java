/** What a JVM has computed how long after its first call, over many fresh JVMs. */
@NullMarked
package dev.lanewise.bench.coldstart;

import org.jspecify.annotations.NullMarked;
