package dev.lanewise.bench.conv;

/** A library that computes convolutions, or one way of using it. {@link java.util.ServiceLoader} finds the native ones. */
public interface ConvPeer {
    /** A short name for the command line and for tables, such as {@code onednn}. */
    String name();

    /** The library with its version, and what a timed call does. */
    String describe();

    /**
     * Whether x and y of a timed call are NCHW, as for Lanewise. One that leaves them in a layout of its own does less,
     * and is compared apart.
     */
    default boolean nchw() {
        return true;
    }

    /**
     * Makes a convolution ready.
     *
     * @param threads how many threads a call may use
     */
    ConvContestant prepare(ConvProblem problem, int threads);
}
