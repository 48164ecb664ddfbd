/** Runs a small convolutional network from plain files, every convolution through the library. */
@NullMarked
package dev.lanewise.bench.net;

import org.jspecify.annotations.NullMarked;
