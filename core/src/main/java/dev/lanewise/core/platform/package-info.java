/** What the JVM and the machine say about themselves. */
@NullMarked
package dev.lanewise.core.platform;

import org.jspecify.annotations.NullMarked;
