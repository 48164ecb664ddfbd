package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dProviders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JVM without fused multiply-add ({@code -XX:-UseFMA}). */
@Tag("no-fma")
class NoFmaTest {
    @Test
    void theReferenceIsChosenAndOneLineSaysWhy() {
        assertSame(Conv2dProviders.reference(), LadderLog.chosen());
        assertEquals(1, LadderLog.lines().size(), LadderLog.lines().toString());
        String line = LadderLog.lines().getFirst();
        assertTrue(line.startsWith("WARNING: ") && line.contains("fused multiply-add") && line.contains("-XX:-UseFMA"),
                line);
        assertTrue(Conv2dProviders.describe().contains("fused multiply-add"), Conv2dProviders.describe());
    }

    @Test
    void aForcedSimdProviderFails() {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Conv2dProviders.byName("simd"));
        assertTrue(String.valueOf(e.getMessage()).contains("-XX:-UseFMA"), e.getMessage());
    }
}
