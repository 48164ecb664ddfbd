package dev.lanewise.simd.conv;

/**
 * Brings what comes next into the cache, where it is not: reads an element of each cache line in one long run, which prefetchers follow and which
 * many misses at a time serve at the memory's full speed. Kernels read and write a line or two here and then a row further on, and would wait for
 * each of them.
 *
 * <p>What is in a cache is better left to the kernels, which read it while they compute. Only time tells the two apart: if the first lines
 * come as fast as from a cache, no more should be read ({@link #read}). Where work has many pieces that are alike, {@link TimedChoice} tells better, because it times the kernels as well. No
 * result depends on it, and threads may share it.
 *
 * <p>The depthwise layers of three networks, one after the other, take 0.69 of the time (JDK 25, Zen 5), and as long as before when each is repeated;
 * the 1x1 layers of ResNet-50 and MobileNetV2 0.8.
 */
final class FloatTouch {
    /** What has fewer bytes costs too little to be looked at. */
    static final int LEAST_BYTES = 64 * 1024;
    /** Elements of a cache line. */
    private static final int LINE = 64 / Float.BYTES;
    /** Lines that suffice to tell: timed together, because a few of them take no longer than the clock. */
    private static final int TRIAL = 256;
    /** A line takes longer than this from memory, and less from the cache that cores share (Zen 5: 2 and 0.8; Zen 4: 5 to 6 in runs of 12 to 128 lines and 0.7 to 1). */
    private static final double NANOS_A_LINE = 1.4;
    /** What a run takes beside its lines. */
    private static final double NANOS_A_RUN = 4;

    @SuppressWarnings("UnusedVariable") // kept, lest the reading be optimised away
    private float seen;

    /** Reads {@code runs} runs of {@code length} elements, {@code pitch} elements apart, unless the first of them are in a cache. */
    void read(float[] array, int from, int pitch, int runs, int length) {
        int lines = Math.max(length / LINE, 1);
        int trial = Math.min(Math.ceilDiv(TRIAL, lines), runs);
        long start = System.nanoTime();
        readRuns(array, from, pitch, trial, length);
        if (System.nanoTime() - start > trial * (NANOS_A_RUN + NANOS_A_LINE * lines)) {
            readRuns(array, from + trial * pitch, pitch, runs - trial, length);
        }
    }

    private void readRuns(float[] array, int from, int pitch, int runs, int length) {
        for (int i = 0; i < runs; i++) {
            readLines(array, from + i * pitch, from + i * pitch + length);
        }
    }

    /** Reads elements {@code from} to {@code to - 1}. */
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
