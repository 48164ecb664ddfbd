package dev.lanewise.simd.warmup;

/** A problem on dummy operands, to be computed again and again until the JVM has compiled the code that computes it. */
public interface Rehearsal {
    /** Computes with the vector code. */
    void vector();

    /** Computes with the plain loops, which tell how fast the vector code has to become. */
    void plain();
}
