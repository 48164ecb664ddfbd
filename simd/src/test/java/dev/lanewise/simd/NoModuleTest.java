package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2d;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JVM whose user forgot {@code --add-modules jdk.incubator.vector}. */
@Tag("no-module")
class NoModuleTest {
    private static final String REMEDY = "--add-modules jdk.incubator.vector";

    @Test
    void theReferenceIsChosenAndOneLineSaysWhatToDo() {
        assertSame(Conv2dProviders.reference(), LadderLog.chosen());
        assertEquals(1, LadderLog.lines().size(), LadderLog.lines().toString());
        String line = LadderLog.lines().getFirst();
        assertTrue(line.startsWith("WARNING: ") && line.contains(REMEDY), line);
        assertTrue(Conv2dProviders.describe().contains(REMEDY), Conv2dProviders.describe());
    }

    @Test
    void convolutionsAreComputedNevertheless() {
        Conv2dCase c = Conv2dCase.parse(
                "dtype=float32 x=2,4,5,5 weight=6,2,3,3 bias=true stride=1,2 padding=1,1 mode=zeros dilation=1,1 groups=2"
                        + " values=normals,normals layout=contiguous,contiguous,contiguous seed=1");
        assertSame(Conv2dProviders.reference(), LadderLog.chosen());
        Equality.assertSameBits(c.expected(), Conv2d.apply(c.x(), c.weight(), c.bias(), c.spec()));
    }

    @Test
    void aForcedSimdProviderFails() {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Conv2dProviders.byName("simd"));
        assertTrue(String.valueOf(e.getMessage()).contains(REMEDY), e.getMessage());
    }
}
