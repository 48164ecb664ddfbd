package dev.lanewise.bench.coldstart;

import java.util.Arrays;

/** What one JVM did. */
final class ColdRun {
    /** So long a speed has to be held, in steps. */
    private static final int HELD = 10;
    /** The part of the steady speed that counts as steady. */
    private static final double STEADY = 0.8;

    /** GFLOP done at each {@link ColdProgram#STEP} after the first call began. */
    private final double[] work;

    private ColdRun(double[] work) {
        this.work = work;
    }

    static ColdRun parse(String line) {
        return new ColdRun(Arrays.stream(line.strip().split(" ")).mapToDouble(Double::parseDouble).toArray());
    }

    /** The GFLOP done in so many milliseconds. */
    double workAt(int millis) {
        return work[Math.min(millis / ColdProgram.STEP, work.length) - 1];
    }

    /** GFLOP a step in the last tenth of the run. */
    double lastSpeed() {
        int from = work.length - work.length / 10 - 1;
        return (work[work.length - 1] - work[from]) / (work.length - 1 - from);
    }

    /** After how many milliseconds the run was as fast as this, but for a fifth, for a tenth of a second; infinite if it never was. */
    double settled(double speed) {
        for (int i = 0; i + HELD < work.length; i++) {
            if (work[i + HELD] - work[i] >= STEADY * speed * HELD) {
                return (i + 1) * ColdProgram.STEP;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
