package dev.lanewise.core.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a JVM without the vector module, as core's tests run in, so the ladder always ends at the reference. */
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
    void theReferenceIsChosenForAReason() {
        assertSame(REFERENCE, providers.chosen());
        assertSame(REFERENCE, providers.reference());
        assertTrue(providers.reason().contains("add --add-modules jdk.incubator.vector"), providers.reason());
    }

    @Test
    void byName() {
        assertSame(REFERENCE, providers.byName("auto"));
        assertSame(REFERENCE, providers.byName("reference"));
        assertSame(OTHER, providers.byName("other"));
        IllegalStateException simd = assertThrows(IllegalStateException.class, () -> providers.byName("simd"));
        assertTrue(String.valueOf(simd.getMessage()).contains("--add-modules"), simd.getMessage());
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
        assertThrows(IllegalStateException.class, providers::chosen);
    }
}
