package dev.lanewise.bench.paired;

/** Something to be timed: made ready, so that a call does the work and nothing else. */
public interface Contestant extends AutoCloseable {
    /** Its name in tables. */
    String name();

    /** The floating-point operations that one call counts for. */
    double flops();

    /** Does the work once. */
    void call();

    /** How long so many calls take, in nanoseconds. */
    default long nanos(long calls) {
        long start = System.nanoTime();
        for (long i = 0; i < calls; i++) {
            call();
        }
        return System.nanoTime() - start;
    }

    /** Whether the JVM compiles it, so that it takes a second of calls before it is fast. */
    default boolean compiledByJvm() {
        return false;
    }

    /** Gives memory back. */
    @Override
    default void close() {
    }
}
