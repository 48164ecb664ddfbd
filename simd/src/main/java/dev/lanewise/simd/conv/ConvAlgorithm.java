package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;

/** A convolution with its packed weights, for one shape: immutable, shared by all runs. */
interface ConvAlgorithm {
    /** A new run with scratch for this many threads. */
    ConvRun newRun(int parallelism);

    /** The same algorithm with the same packed weights, which both share, for inputs of another size. */
    ConvAlgorithm forShape(Conv2dShape shape);

    /** The scratch of one thread, in bytes. */
    long scratchBytesPerThread();
}
