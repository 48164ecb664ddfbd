package dev.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.paired.Contestant;
import dev.lanewise.bench.paired.PairedRunner;
import dev.lanewise.bench.paired.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    /** Counts in quantities of its own: a thousand operations a call, in a time that it is told. */
    private static final class Told implements Contestant {
        private final String name;
        private final long nanosPerCall;
        /** Every other turn before this one takes three times as long. */
        private final int disturbedTurns;
        private int turns;

        Told(String name, long nanosPerCall, int disturbedTurns) {
            this.name = name;
            this.nanosPerCall = nanosPerCall;
            this.disturbedTurns = disturbedTurns;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double flops() {
            return 1000;
        }

        @Override
        public void call() {
        }

        @Override
        public long nanos(long calls) {
            if (calls > 1) { // the first calls of a turn do not count
                turns++;
            }
            return calls * nanosPerCall * (turns < disturbedTurns && turns % 2 == 0 ? 3 : 1);
        }
    }

    private static Row run(int disturbedTurns) {
        Timing timing = new Timing(9, Duration.ofNanos(1000), 2, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        Told ours = new Told("lanewise", 1000, 0);
        Told peer = new Told("peer", 2000, disturbedTurns);
        Told own = new Told("peer-own", 500, 0);
        Told peak = new Told("peak", 250, 0);
        return new Comparison("problem", "dense", 100, ours, "DIRECT",
                List.of(new Comparison.Rival(peer, true, "jit"), new Comparison.Rival(own, false, "")), peak)
                .run(new PairedRunner(timing));
    }

    @Test
    void ratiosAndTheFastestThatDoesTheSameJob() {
        Row row = run(0);
        assertEquals(0.25, row.fractionOfPeak().median(), 1e-9);
        assertEquals(1, row.gflops(), 1e-9);
        assertEquals(4, row.peakGflops(), 1e-9);
        assertEquals(10, row.intensity(), 1e-9);
        assertEquals("peer", row.best().orElseThrow().name());
        assertEquals(2, row.best().orElseThrow().ratio().median(), 1e-9);
        assertEquals(0.5, row.peer("peer-own").orElseThrow().ratio().median(), 1e-9);
    }

    @Test
    void aDisturbedRowIsMeasuredAgain() {
        Row row = run(9); // all of the first attempt
        assertEquals(0, row.widestSpread(), 1e-9);
        assertEquals(2, row.best().orElseThrow().ratio().median(), 1e-9);
    }
}
