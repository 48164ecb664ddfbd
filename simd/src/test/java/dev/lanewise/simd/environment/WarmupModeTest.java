package dev.lanewise.simd.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WarmupModeTest {
    @Test
    void thePropertyDecides() {
        assertEquals(WarmupMode.DAEMON, WarmupMode.of("daemon", 1));
        assertEquals(WarmupMode.OFF, WarmupMode.of("off", 8));
        assertEquals(WarmupMode.VECTOR, WarmupMode.of("vector", 8));
        assertEquals(WarmupMode.PLAIN, WarmupMode.of("plain", 8));
    }

    @Test
    void theOneOfThisJvmIsChosen() {
        assertEquals(WarmupMode.of(System.getProperty(WarmupMode.PROPERTY), Runtime.getRuntime().availableProcessors()),
                WarmupMode.chosen());
    }

    @Test
    void withoutItAThreadWarmsUpWhereThereIsAProcessorForIt() {
        assertEquals(WarmupMode.DAEMON, WarmupMode.of(null, 2));
        assertEquals(WarmupMode.OFF, WarmupMode.of(null, 1));
    }

    @Test
    void anotherValueIsRefused() {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> WarmupMode.of("on", 2));
        assertEquals("-Dlanewise.warmup=on: expected daemon, off, vector or plain", e.getMessage());
    }
}
