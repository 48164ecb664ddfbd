package dev.lanewise.simd.conv;

/** A convolution with its packed weights, for one shape: immutable, shared by all runs. */
interface ConvAlgorithm {
    /** A new run with scratch for this many threads. */
    ConvRun newRun(int parallelism);

    /** The scratch of one thread, in bytes. */
    long scratchBytesPerThread();
}
