/** NumPy's {@code .npy} files: one array with its type and shape. */
@NullMarked
package dev.lanewise.core.npy;

import org.jspecify.annotations.NullMarked;
