package dev.lanewise.core.gemm;

import dev.lanewise.core.provider.Providers;
import java.util.ServiceLoader;

/** Who multiplies matrices: decided once per JVM, as {@link Providers} says. */
public final class GemmProviders {
    private static final Providers<GemmProvider> PROVIDERS = new Providers<>(
            ServiceLoader.load(GemmProvider.class, GemmProvider.class.getClassLoader()), new ReferenceGemm());

    private GemmProviders() {
    }

    /** The provider that was chosen. */
    public static GemmProvider chosen() {
        return PROVIDERS.chosen();
    }

    /** The reference, whatever was chosen. */
    public static GemmProvider reference() {
        return PROVIDERS.reference();
    }

    /**
     * The provider of a name.
     *
     * @param name {@code auto}, {@code simd} or {@code reference}
     * @throws IllegalArgumentException if there is no such provider
     * @throws IllegalStateException if it cannot run here; the message says why and what to do
     */
    public static GemmProvider byName(String name) {
        return PROVIDERS.byName(name);
    }
}
