/** Tensors as text, as PyTorch and NumPy print them. */
@NullMarked
package dev.lanewise.core.print;

import org.jspecify.annotations.NullMarked;
