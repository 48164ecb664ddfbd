package dev.lanewise.simd.conv;

/**
 * Reads the weights of a piece of work ahead of the kernels, where that is the faster way: the first pieces of a run are timed, every other one with
 * its weights read ahead, and the rest goes as the fastest of them. Where kernels are slow beside the memory its prefetchers bring the weights
 * while they compute, and to wait for them first only adds to that; where weights are in a cache, too.
 *
 * <p>No result depends on it, and threads may share it: at worst the slower way is taken. (JDK 25, Zen 4, among the other layers of ResNet-50:
 * with all weights read ahead 512 channels of 7x7 take 1.17 times as long, and 2048 to 512 in 1x1 1.24 times. On a Zen 5, with twice the FMAs a cycle,
 * reading ahead had been faster.)
 */
final class FloatWeightTouch {
    /** Pieces that are timed. */
    private static final int TRIALS = 8;

    private final FloatTouch touch = new FloatTouch();
    private int pieces;
    private long start;
    private int length;
    /** Nanoseconds a weight, the least of the pieces with and of those without weights read ahead. */
    private double costAhead;
    private double costWithout;

    /** Takes nothing as known, because another run of the plan begins. */
    void restart() {
        pieces = 0;
        costAhead = Double.MAX_VALUE;
        costWithout = Double.MAX_VALUE;
    }

    /** A piece of work begins, with {@code length} weights from {@code from} on; what it takes is in proportion to them. */
    void begin(float[] weights, int from, int length) {
        this.length = length;
        boolean isTimed = pieces < TRIALS;
        start = isTimed ? System.nanoTime() : 0;
        if (isTimed ? pieces % 2 == 0 : costAhead < costWithout) {
            touch.readLines(weights, from, from + length);
        }
    }

    /** The piece ends. */
    void end() {
        if (pieces < TRIALS) {
            double cost = (System.nanoTime() - start) / (double) length;
            if (pieces % 2 == 0) {
                costAhead = Math.min(costAhead, cost);
            } else {
                costWithout = Math.min(costWithout, cost);
            }
            pieces++;
        }
    }
}
