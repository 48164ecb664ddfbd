/** Making tensors, and element-wise operations on them, with PyTorch's broadcasting and type promotion. */
@NullMarked
package dev.lanewise.core.ops;

import org.jspecify.annotations.NullMarked;
