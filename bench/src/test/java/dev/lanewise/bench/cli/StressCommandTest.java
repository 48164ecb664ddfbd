package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.CommandLineRun;
import org.junit.jupiter.api.Test;

class StressCommandTest {
    @Test
    void aShortRun() {
        String out = CommandLineRun.of("stress", "--minutes", 0.05, "--seed", 5).succeeds().out();

        assertTrue(out.startsWith("running plans of simd by 4 threads at once for 0.05 minutes, seed 5\n"), out);
        assertTrue(out.contains("every result has the reference's bits: "), out);
    }

    @Test
    void aWrongResultIsFound() {
        CommandLineRun run = CommandLineRun.of("stress", "--minutes", 1, "--seed", 5, "--provider", "forgetful");

        assertEquals(1, run.exitCode(), run.out());
        assertEquals("lanewise: a result is wrong among several at once\n", run.err());
        assertTrue(run.out().contains("dtype=float32 x="), run.out());
    }

    @Test
    void badUsage() {
        CommandLineRun.of("stress", "--minutes", 0).failsWith("--minutes");
        CommandLineRun.of("stress", "--threads", 0).failsWith("--threads");
    }
}
