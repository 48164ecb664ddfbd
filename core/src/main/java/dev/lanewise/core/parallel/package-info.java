/** How work is shared between the calling thread and an executor. */
@NullMarked
package dev.lanewise.core.parallel;

import org.jspecify.annotations.NullMarked;
