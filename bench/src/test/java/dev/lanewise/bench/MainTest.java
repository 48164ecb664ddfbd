package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"demo", "conv", "info"})
    void everyCommandHasHelp(String command) {
        String help = CommandLineRun.of(command, "--help").succeeds().out();

        assertTrue(help.startsWith("Usage: lanewise " + command), help);
    }

    @Test
    void helpNamesTheCommands() {
        String help = CommandLineRun.of("--help").succeeds().out();

        assertTrue(help.contains("demo") && help.contains("conv") && help.contains("info"), help);
    }

    @Test
    void version() {
        String version = CommandLineRun.of("--version").succeeds().out();

        assertTrue(version.startsWith("lanewise "), version);
        assertEquals(1, version.lines().count());
    }

    @Test
    void badUsageIsOneLine() {
        CommandLineRun.of().failsWith("Missing required subcommand");
        CommandLineRun.of("convolve").failsWith("'convolve'");
        CommandLineRun.of("--nonsense").failsWith("'--nonsense'");
        CommandLineRun.of("info", "--nonsense").failsWith("'--nonsense'");
        CommandLineRun.of("info", "extra").failsWith("'extra'");
    }

    @Test
    void debugShowsTheStackTrace() {
        CommandLineRun run = CommandLineRun.of("demo", "--debug", "--image", "there-is-no-such.png");

        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("lanewise: there-is-no-such.png: there is no such file"), run.err());
        assertTrue(run.err().contains("\tat dev.lanewise.bench."), run.err());
    }
}
