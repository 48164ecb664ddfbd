/** Layers: objects that own their weights. */
@NullMarked
package dev.lanewise.core.nn;

import org.jspecify.annotations.NullMarked;
