package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dProviders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JVM without its optimizing compiler ({@code -Xint}, {@code -XX:TieredStopAtLevel=1}). */
@Tag("no-c2")
class NoC2Test {
    @Test
    void theReferenceIsChosenAndOneLineSaysWhatToDo() {
        assertSame(Conv2dProviders.reference(), LadderLog.chosen());
        assertEquals(1, LadderLog.lines().size(), LadderLog.lines().toString());
        String line = LadderLog.lines().getFirst();
        assertTrue(line.startsWith("WARNING: ") && line.contains("without -Xint and -XX:TieredStopAtLevel"), line);
        assertTrue(Conv2dProviders.describe().contains("C2"), Conv2dProviders.describe());
    }

    @Test
    void aForcedSimdProviderFails() {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Conv2dProviders.byName("simd"));
        assertTrue(String.valueOf(e.getMessage()).contains("C2"), e.getMessage());
    }
}
