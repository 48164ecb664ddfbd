/**
 * Grouped two-dimensional convolution as PyTorch defines it: specification, size arithmetic, the reference and the service
 * interface that faster implementations provide.
 */
@NullMarked
package dev.lanewise.core.conv;

import org.jspecify.annotations.NullMarked;
