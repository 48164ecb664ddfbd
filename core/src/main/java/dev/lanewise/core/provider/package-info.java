/** How the one who computes is chosen: the fastest provider that can run here, the reference elsewhere. */
@NullMarked
package dev.lanewise.core.provider;

import org.jspecify.annotations.NullMarked;
