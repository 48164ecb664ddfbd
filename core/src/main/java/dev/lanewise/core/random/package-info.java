/** Random numbers that repeat PyTorch's, bit for bit where the platform's elementary functions allow it. */
@NullMarked
package dev.lanewise.core.random;

import org.jspecify.annotations.NullMarked;
