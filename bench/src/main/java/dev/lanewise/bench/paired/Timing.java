package dev.lanewise.bench.paired;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds how often each contestant has its turn
 * @param sample how long a turn lasts at least
 * @param minCalls how many calls a turn has at least, unless they take ten times that long
 * @param warmUp for how long a contestant that the JVM compiles has to have become no faster before it is measured
 * @param nativeWarmUp the same for any other
 * @param pause the rest between two turns, in which threads of the last contestant stop spinning
 */
public record Timing(int rounds, Duration sample, int minCalls, Duration warmUp, Duration nativeWarmUp,
        Duration pause) {
    /** For so many rounds, with so many threads in each contestant. */
    public static Timing of(int rounds, int threads) {
        return new Timing(rounds, Duration.ofMillis(20), 3, Duration.ofMillis(1000), Duration.ofMillis(150),
                Duration.ofMillis(threads > 1 ? 5 : 0));
    }

    /**
     * For contestants with dozens of methods to compile, layers of a network: while compilers and rehearsals are at some of them, the others become no faster for some seconds. After one, a MobileNetV2
     * was measured at two thirds of its speed in one run of five.
     */
    public Timing forNetworks() {
        return new Timing(rounds, sample, minCalls, warmUp.multipliedBy(4), nativeWarmUp, pause);
    }
}
