package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.CommandLineRun;
import dev.lanewise.core.conv.Conv2dProviders;
import org.junit.jupiter.api.Test;

class InfoCommandTest {
    @Test
    void tellsWhoComputesAndWhere() {
        String info = CommandLineRun.of("info").succeeds().out();

        assertTrue(info.contains(Runtime.version().toString()), info);
        assertTrue(info.contains(Conv2dProviders.chosen().describe()), info);
        assertTrue(info.contains(Conv2dProviders.describe()), info);
        assertTrue(info.contains(Runtime.getRuntime().availableProcessors() + " logical processors"), info);
    }
}
