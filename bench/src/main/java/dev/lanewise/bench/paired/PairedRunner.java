package dev.lanewise.bench.paired;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets contestants take turns.
 *
 * <p>A shared machine's clock differs by 30 % from minute to minute, so a time says little. Here all contestants run within
 * a fraction of a second of each other, round after round, and each round gives one ratio. All turns take a similar time,
 * and nothing else works during one: they all run on the calling thread and the threads that the contestant itself has.
 */
public final class PairedRunner {
    /** Speed has settled when no window of calls is faster than those before by more than this. */
    private static final double SETTLED = 0.97;
    /** How many times as long as planned warming up may take: a network has dozens of methods to compile. */
    private static final int PATIENCE = 15;
    /** How many windows of calls make the time for which a contestant has to stay as fast as it is. */
    private static final double WINDOWS = 10;
    /** A turn of the least number of calls is not longer than so many samples. */
    private static final int LONGEST_SAMPLES = 10;
    private final Timing timing;
    /** Who has taken part before, and is warm. */
    private final Set<Contestant> known = new HashSet<>();

    /** A runner. */
    public PairedRunner(Timing timing) {
        this.timing = timing;
    }

    /** Warms all contestants up, then runs the rounds. */
    public Rounds run(List<? extends Contestant> contestants) {
        long[] calls = contestants.stream().mapToLong(this::warmUp).toArray();
        double[][] seconds = new double[contestants.size()][timing.rounds()];
        double[] processorSeconds = new double[contestants.size()];
        for (int round = 0; round < timing.rounds(); round++) {
            for (int turn : Rotation.order(round, contestants.size())) {
                settle(contestants.get(turn), calls[turn]);
                double before = OtherPrograms.ownSeconds();
                seconds[turn][round] = contestants.get(turn).nanos(calls[turn]) * 1e-9 / calls[turn];
                processorSeconds[turn] += (OtherPrograms.ownSeconds() - before) / calls[turn];
            }
        }
        return new Rounds(contestants, seconds, processorSeconds);
    }

    /** Calls a contestant until it has not become faster for a while, and returns how many calls make a sample. */
    private long warmUp(Contestant contestant) {
        boolean cold = contestant.compiledByJvm() && known.add(contestant);
        long quiet = (cold ? timing.warmUp() : timing.nativeWarmUp()).toNanos();
        double best = Double.POSITIVE_INFINITY;
        long calls = 1;
        long start = System.nanoTime();
        long now = start;
        long faster = start;
        do {
            double perCall = (double) contestant.nanos(calls) / calls;
            now = System.nanoTime();
            if (perCall < SETTLED * best) {
                faster = now;
            }
            best = Math.min(best, perCall);
            calls = Math.clamp((long) (quiet / WINDOWS / best), 1, 4 * calls);
        } while (now - faster < quiet && now - start < PATIENCE * quiet);
        return calls(best);
    }

    /** How many calls make a sample. */
    private long calls(double nanosPerCall) {
        double sample = timing.sample().toNanos();
        double least = Math.min(timing.minCalls(), LONGEST_SAMPLES * sample / nanosPerCall);
        return (long) Math.ceil(Math.max(sample / nanosPerCall, least));
    }

    /** A rest, and then a twentieth of the calls, which do not count, to fill the caches. */
    private void settle(Contestant contestant, long calls) {
        if (timing.pause().isPositive()) {
            LockSupport.parkNanos(timing.pause().toNanos());
        }
        contestant.nanos(Math.max(1, calls / 20));
    }
}
