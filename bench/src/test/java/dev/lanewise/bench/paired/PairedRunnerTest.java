package dev.lanewise.bench.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRunnerTest {
    private static final Timing SHORT = new Timing(5, Duration.ofMillis(1), 3, Duration.ofMillis(1),
            Duration.ofMillis(1), Duration.ZERO);

    /** Tells the times that it is told to tell, per call in nanoseconds, as if the machine slowed down from round to round. */
    private static final class Told implements Contestant {
        private final String name;
        private final double flops;
        private final long nanosPerCall;
        private final List<Long> calls = new ArrayList<>();

        Told(String name, double flops, long nanosPerCall) {
            this.name = name;
            this.flops = flops;
            this.nanosPerCall = nanosPerCall;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double flops() {
            return flops;
        }

        @Override
        public void call() {
        }

        @Override
        public long nanos(long count) {
            calls.add(count);
            return count * nanosPerCall;
        }
    }

    @Test
    void ratiosSharesAndSpeeds() {
        Told fast = new Told("fast", 1000, 2_000);
        Told slow = new Told("slow", 1000, 3_000);
        Told peak = new Told("peak", 4000, 1_000);
        Rounds rounds = new PairedRunner(SHORT).run(List.of(fast, slow, peak));
        assertEquals(1.5, rounds.ratio(fast, slow).median(), 1e-9);
        assertEquals(0, rounds.ratio(fast, slow).spread(), 1e-9);
        assertEquals(0.5, rounds.gflops(fast), 1e-9); // 1000 operations in 2 microseconds
        assertEquals(0.125, rounds.share(fast, peak).median(), 1e-9); // 0.5 of 4 GFLOP/s
        assertThrows(IllegalArgumentException.class, () -> rounds.gflops(new Told("other", 1, 1)));
    }

    @Test
    void samplesTakeASimilarTime() {
        Told quick = new Told("quick", 1, 100);
        Told slow = new Told("slow", 1, 700_000);
        new PairedRunner(SHORT).run(List.of(quick, slow));
        assertEquals(10_000, quick.calls.getLast()); // a millisecond
        assertEquals(3, slow.calls.getLast()); // at least so many calls
    }

    @Test
    void theRatioIsTakenRoundByRound() {
        double[][] seconds = {{1, 2, 4, 8, 100}, {2, 4, 8, 16, 200}};
        Told first = new Told("first", 1, 1);
        Told second = new Told("second", 1, 1);
        Rounds rounds = new Rounds(List.of(first, second), seconds, new double[] {115, 345});
        assertEquals(2, rounds.ratio(first, second).median());
        assertEquals(0, rounds.ratio(first, second).spread());
        assertEquals(1, rounds.processors(first), 1e-12);
        assertEquals(1.5, rounds.processors(second), 1e-12);
        assertTrue(rounds.gflops(first) > rounds.gflops(second));
    }
}
