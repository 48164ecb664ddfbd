package dev.lanewise.simd.conv;

/**
 * Brings what a task needs into the cache, where it is not: reads an element of each cache line in one long run, which prefetchers follow and which
 * many misses at a time serve at the memory's full speed. Kernels read and write a line or two here and then a row further on, and would wait for
 * each of them.
 *
 * <p>What is in a cache is better left to the kernels, which read it while they compute. Only time tells the two apart: if the first lines after
 * {@link #restart} have come as fast as from a cache, no more are read. No result depends on it, and threads may share it: at worst one reads some
 * lines in vain.
 *
 * <p>The depthwise layers of three networks, one after the other, take 0.69 of the time (JDK 25, Zen 5), and as long as before when each is repeated.
 */
final class FloatTouch {
    /** What has fewer bytes costs too little to be looked at. */
    static final int LEAST_BYTES = 64 * 1024;
    /** Elements of a cache line. */
    private static final int LINE = 64 / Float.BYTES;
    /** A line takes longer than this from memory, and less from the cache that cores share (Zen 5: 2 and 0.8). */
    private static final double NANOS_A_LINE = 1.4;
    /** How long the first line takes, and the clock. */
    private static final int NANOS = 60;

    private boolean isCold;
    private boolean isJudged;
    @SuppressWarnings("UnusedVariable") // kept, lest the reading be optimised away
    private float seen;

    /** Takes memory for cold again, because another run begins. */
    void restart() {
        isCold = true;
        isJudged = false;
    }

    /** Whether lines are worth reading. */
    boolean isCold() {
        return isCold;
    }

    /** Reads a line's first element, of all lines of {@code length} elements from {@code from} on. */
    void read(float[] array, int from, int length) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int end = from + length;
        int i = from;
        for (; i < end - 3 * LINE; i += 4 * LINE) {
            a += array[i];
            b += array[i + LINE];
            c += array[i + 2 * LINE];
            d += array[i + 3 * LINE];
        }
        for (; i < end; i += LINE) {
            a += array[i];
        }
        seen = a + b + (c + d);
    }

    /** Learns how long the reading of so many elements took. */
    void judge(long nanos, long elements) {
        if (!isJudged) {
            isJudged = true;
            isCold = nanos > NANOS + NANOS_A_LINE / LINE * elements;
        }
    }
}
