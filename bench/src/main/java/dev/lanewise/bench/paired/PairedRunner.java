package dev.lanewise.bench.paired;

import java.time.Duration;
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
    /** Speed has settled when a window of calls is not faster than those before by more than this. */
    private static final double SETTLED = 0.97;
    /** Windows without progress until a contestant counts as warm. */
    private static final int QUIET_WINDOWS = 4;
    /** How many times as long as planned warming up may take. */
    private static final int PATIENCE = 5;
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
        for (int round = 0; round < timing.rounds(); round++) {
            for (int turn : Rotation.order(round, contestants.size())) {
                seconds[turn][round] = sample(contestants.get(turn), calls[turn]);
            }
        }
        return new Rounds(contestants, seconds);
    }

    /** Calls a contestant until its speed has settled, and returns how many calls make a sample. */
    private long warmUp(Contestant contestant) {
        boolean cold = contestant.compiledByJvm() && known.add(contestant);
        Duration planned = cold ? timing.warmUp() : timing.nativeWarmUp();
        long window = planned.toNanos() / 10;
        long calls = 1;
        double best = Double.POSITIVE_INFINITY;
        int quiet = 0;
        long start = System.nanoTime();
        long elapsed = 0;
        while (elapsed < planned.toNanos() || (quiet < QUIET_WINDOWS && elapsed < PATIENCE * planned.toNanos())) {
            double perCall = (double) contestant.nanos(calls) / calls;
            quiet = perCall < SETTLED * best ? 0 : quiet + 1;
            best = Math.min(best, perCall);
            calls = Math.clamp((long) (window / best), 1, Math.max(1, 4 * calls));
            elapsed = System.nanoTime() - start;
        }
        return Math.max(timing.minCalls(), (long) Math.ceil(timing.sample().toNanos() / best));
    }

    /** The time of one call, in seconds; a twentieth of the calls come first and do not count, to fill the caches. */
    private double sample(Contestant contestant, long calls) {
        if (timing.pause().isPositive()) {
            LockSupport.parkNanos(timing.pause().toNanos());
        }
        contestant.nanos(Math.max(1, calls / 20));
        return contestant.nanos(calls) * 1e-9 / calls;
    }
}
