package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.CommandLineRun;
import org.junit.jupiter.api.Test;

class ColdStartCommandTest {
    @Test
    void freshJvmsTellWhatTheyDid() {
        CommandLineRun run = CommandLineRun.of("bench", "coldstart", "--jvms", 1, "--millis", 1000, "--problem",
                "sgemm:64",
                "--modes", "vector,plain");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("sgemm:64, 1 JVMs of each mode"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("plain .*1\\.00.* GFLOP/s, .*")), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.startsWith("vector ")), run.out());
    }

    @Test
    void aNetwork() {
        CommandLineRun run = CommandLineRun.of("bench", "coldstart", "--jvms", 1, "--millis", 1000, "--problem",
                "network:shufflenetv2", "--modes", "plain,auto");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("network:shufflenetv2, 1 JVMs of each mode"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("auto .*1\\.00.* GFLOP/s, .*")), run.out());
    }

    @Test
    void badUsage() {
        CommandLineRun.of("bench", "coldstart", "--jvms", 0).failsWith("--jvms=0");
        CommandLineRun.of("bench", "coldstart", "--problem", "network:nosuch").failsWith("unknown network 'nosuch'");
        CommandLineRun.of("bench", "coldstart", "--problem", "sgemm:0").failsWith("sgemm:0");
        CommandLineRun.of("bench", "coldstart", "--problem", "sgemm:64;conv:1,2").failsWith("but got '1,2'");
        CommandLineRun.of("bench", "coldstart", "--problem", "dgemm:64").failsWith("but got 'dgemm:64'");
        CommandLineRun.of("bench", "coldstart", "--modes", "plain").failsWith("expected two or more");
        CommandLineRun.of("bench", "coldstart", "--modes", "plain,nosuch").failsWith("nosuch");
    }
}
