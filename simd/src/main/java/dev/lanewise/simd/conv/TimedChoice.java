package dev.lanewise.simd.conv;

import java.util.function.LongSupplier;

/**
 * Which of two ways is faster for pieces of work that are alike: the first pieces of a run are timed, most of them the way that was faster in the run before, a few the other way, and the
 * rest of the run goes the way of the fastest. Where only the clock can tell, because it depends on the machine and on what lies in which cache. No result may depend on the way.
 */
final class TimedChoice {
    /** Pieces that are timed, of which the second of every four goes the other way. */
    private static final int TRIALS = 8;
    private static final int OTHER = 4;
    private static final double UNKNOWN = Double.MAX_VALUE;

    private final LongSupplier clock;
    private int run = -1;
    private int pieces;
    private boolean isFirstUsual;
    private boolean isFirst;
    private long start;
    private int size;
    /** Nanoseconds an element, the least of the pieces that went this way. */
    private double costOfFirst = UNKNOWN;
    private double costOfSecond = UNKNOWN;

    TimedChoice() {
        this(System::nanoTime);
    }

    /** With this clock, in nanoseconds. */
    TimedChoice(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * A piece of a run begins.
     *
     * @param run the number of the run: in another one memory may be another
     * @param size what the piece's time is in proportion to
     * @return whether it goes the first way
     */
    boolean begin(int run, int size) {
        if (run != this.run) {
            this.run = run;
            pieces = 0;
            costOfFirst = UNKNOWN;
            costOfSecond = UNKNOWN;
        }
        this.size = size;
        isFirst = isFirstUsual;
        if (pieces < TRIALS) {
            isFirst ^= pieces % OTHER == 1;
            start = clock.getAsLong();
        }
        return isFirst;
    }

    /** The piece ends. */
    void end() {
        if (pieces >= TRIALS) {
            return;
        }
        double cost = (clock.getAsLong() - start) / (double) size;
        if (isFirst) {
            costOfFirst = Math.min(costOfFirst, cost);
        } else {
            costOfSecond = Math.min(costOfSecond, cost);
        }
        pieces++;
        if (pieces % OTHER == 0) {
            isFirstUsual = costOfFirst < costOfSecond;
        }
    }
}
