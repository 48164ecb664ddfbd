package dev.lanewise.simd.conv;

/**
 * Brings what comes next into the cache, where it is not: reads an element of each cache line in one long run, which prefetchers follow and which
 * many misses at a time serve at the memory's full speed. Kernels read and write a line or two here and then a row further on, and would wait for
 * each of them.
 *
 * <p>What is in a cache is better left to the kernels, which read it while they compute. Only time tells the two apart: if the first lines after
 * {@link #restart} come as fast as from a cache, no more should be read. No result depends on it, and threads may share it: at worst one reads some
 * lines in vain.
 *
 * <p>The depthwise layers of three networks, one after the other, take 0.69 of the time (JDK 25, Zen 5), and as long as before when each is repeated;
 * the 1x1 layers of ResNet-50 and MobileNetV2 0.8.
 */
final class FloatTouch {
    /** What has fewer bytes costs too little to be looked at. */
    static final int LEAST_BYTES = 64 * 1024;
    /** Elements of a cache line. */
    private static final int LINE = 64 / Float.BYTES;
    /** Lines that suffice to tell. */
    private static final int TRIAL = 256;
    /** A line takes longer than this from memory, and less from the cache that cores share (Zen 5: 2 and 0.8). */
    private static final double NANOS_A_LINE = 1.4;
    /** How long the first line of a run takes, and the clock. */
    private static final int NANOS_A_RUN = 80;

    private boolean isCold;
    /** The lines that have been read in trial. */
    private int lines;
    /** How much longer than from a cache they took. */
    private double lateness;
    @SuppressWarnings("UnusedVariable") // kept, lest the reading be optimised away
    private float seen;

    /** Takes memory for cold again, because another run of the plan begins. */
    void restart() {
        isCold = true;
        lines = 0;
        lateness = 0;
    }

    /** Whether reading seems worth while. */
    boolean isCold() {
        return isCold;
    }

    /** Reads {@code length} elements from {@code from} on. */
    void read(float[] array, int from, int length) {
        if (lines >= TRIAL) {
            readLines(array, from, from + length);
            return;
        }
        long start = System.nanoTime();
        readLines(array, from, from + length);
        int count = length / LINE;
        lateness += System.nanoTime() - start - NANOS_A_RUN - NANOS_A_LINE * count;
        lines += count;
        isCold = lines < TRIAL || lateness > 0;
    }

    /** Reads elements {@code from} to {@code to - 1}, without a look at the clock. */
    void readLines(float[] array, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = from;
        for (; i < to - 3 * LINE; i += 4 * LINE) {
            a += array[i];
            b += array[i + LINE];
            c += array[i + 2 * LINE];
            d += array[i + 3 * LINE];
        }
        for (; i < to; i += LINE) {
            a += array[i];
        }
        seen = a + b + (c + d);
    }
}
