package dev.lanewise.core.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In whatever JVM: without the vector module, as core's own tests run, the ladder ends at the reference. */
class ProvidersTest {
    private static final Provider REFERENCE = new Named("reference");
    private static final Provider SIMD = new Named("simd");
    private static final Provider OTHER = new Named("other");

    private final Providers<Provider> providers = new Providers<>(List.of(SIMD, OTHER), REFERENCE);

    private record Named(String name) implements Provider {
        @Override
        public String describe() {
            return name;
        }
    }

    @AfterEach
    void forceNothing() {
        System.clearProperty(Providers.PROPERTY);
    }

    @Test
    void theLadderChooses() {
        Ladder<Provider> ladder = Ladder.climb(List.of(SIMD, OTHER), RunningJvm.here());
        assertSame(ladder.simd() == null ? REFERENCE : SIMD, providers.chosen());
        assertSame(REFERENCE, providers.reference());
        assertEquals(ladder.reason(), providers.reason());
    }

    @Test
    void theReferenceIsChosenForAReason() {
        Providers<Provider> others = new Providers<>(List.of(OTHER), REFERENCE);
        assertSame(REFERENCE, others.chosen());
        assertSame(REFERENCE, others.byName("auto"));
        assertTrue(others.reason().contains("add lanewise-simd"), others.reason());
        IllegalStateException simd = assertThrows(IllegalStateException.class, () -> others.byName("simd"));
        assertTrue(String.valueOf(simd.getMessage()).contains("add lanewise-simd"), simd.getMessage());
    }

    /** Once a JVM, whoever asks. */
    @Test
    void theReasonIsToldOnce() {
        new Providers<>(List.of(OTHER), REFERENCE).chosen();
        assertEquals(List.of(), LadderTest.warnings(() -> new Providers<>(List.of(OTHER), REFERENCE).chosen()));
    }

    @Test
    void byName() {
        assertSame(providers.chosen(), providers.byName("auto"));
        assertSame(REFERENCE, providers.byName("reference"));
        assertSame(OTHER, providers.byName("other"));
        assertEquals("unknown provider 'nobody', expected auto, simd or reference",
                assertThrows(IllegalArgumentException.class, () -> providers.byName("nobody")).getMessage());
    }

    @Test
    void thePropertyForcesAChoiceOnce() {
        System.setProperty(Providers.PROPERTY, "other");
        assertSame(OTHER, providers.chosen());
        assertEquals("forced by -Dlanewise.provider=other", providers.reason());
        System.setProperty(Providers.PROPERTY, "reference");
        assertSame(OTHER, providers.chosen());
    }

    @Test
    void aForcedProviderThatIsNotToBeHadIsAnError() {
        System.setProperty(Providers.PROPERTY, "simd");
        assertThrows(IllegalStateException.class, new Providers<>(List.of(OTHER), REFERENCE)::chosen);
    }
}
