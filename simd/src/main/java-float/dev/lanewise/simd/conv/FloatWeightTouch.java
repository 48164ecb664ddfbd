package dev.lanewise.simd.conv;

/**
 * Reads the weights of a thread's pieces of work ahead of the kernels, where that is the {@linkplain TimedChoice faster way}. Where kernels are slow beside the memory its prefetchers bring
 * the weights while they compute, and to wait for them first only adds to that; where weights are in a cache, too. (JDK 25, Zen 4, among the other layers of ResNet-50: with all weights read
 * ahead 512 channels of 7x7 take 1.17 times as long, and 2048 to 512 in 1x1 1.24 times. On a Zen 5, with twice the FMAs a cycle, reading ahead had been faster.)
 */
final class FloatWeightTouch {
    private final FloatTouch touch = new FloatTouch();
    private final TimedChoice choice = new TimedChoice();

    /** A piece of a run's work begins, with {@code length} weights from {@code from} on; what it takes is in proportion to them. */
    void begin(int run, float[] weights, int from, int length) {
        if (choice.begin(run, length)) {
            touch.readLines(weights, from, from + length);
        }
    }

    /** The piece ends. */
    void end() {
        choice.end();
    }
}
