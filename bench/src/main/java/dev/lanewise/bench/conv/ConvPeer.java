package dev.lanewise.bench.conv;

import dev.lanewise.core.conv.Conv2dShape;
import java.util.Optional;

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
     * What of a convolution it has no way to say, in a few words; nothing if it computes this one.
     *
     * @param shape float32 or float64, of any sizes, padding and padding mode
     */
    Optional<String> lacks(Conv2dShape shape);

    /**
     * Makes a convolution ready. It {@link #lacks} nothing for it.
     *
     * @param threads how many threads a call may use
     */
    ConvContestant prepare(ConvProblem problem, int threads);
}
