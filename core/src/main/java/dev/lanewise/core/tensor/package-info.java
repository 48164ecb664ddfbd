/**
 * Tensors: a flat array seen through an offset, a shape and strides, and the rules by which views of it are made.
 *
 * <p>All sizes, strides and offsets are in elements.
 */
@NullMarked
package dev.lanewise.core.tensor;

import org.jspecify.annotations.NullMarked;
