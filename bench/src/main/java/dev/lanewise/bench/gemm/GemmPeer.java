package dev.lanewise.bench.gemm;

/** A library that multiplies matrices. {@link java.util.ServiceLoader} finds those to compare with. */
public interface GemmPeer {
    /** A short name for the command line and for tables, such as {@code openblas}. */
    String name();

    /** The library with its version, and what a timed call does. */
    String describe();

    /** Whether it computes such a product, on so many threads. */
    boolean supports(GemmProblem problem, int threads);

    /**
     * Makes a product ready.
     *
     * @param threads how many threads a call may use
     */
    GemmContestant prepare(GemmProblem problem, int threads);
}
