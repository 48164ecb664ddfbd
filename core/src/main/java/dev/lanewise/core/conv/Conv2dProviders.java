package dev.lanewise.core.conv;

import dev.lanewise.core.provider.Providers;
import dev.lanewise.core.tensor.DType;
import java.util.ServiceLoader;

/** Who computes convolutions: decided once per JVM, as {@link Providers} says. */
public final class Conv2dProviders {
    /** The property that forces a choice. */
    public static final String PROPERTY = Providers.PROPERTY;
    private static final Providers<Conv2dProvider> PROVIDERS = new Providers<>(
            ServiceLoader.load(Conv2dProvider.class, Conv2dProvider.class.getClassLoader()), new ReferenceProvider());

    private Conv2dProviders() {
    }

    /** The provider that was chosen. */
    public static Conv2dProvider chosen() {
        return PROVIDERS.chosen();
    }

    /** The reference, whatever was chosen. */
    public static Conv2dProvider reference() {
        return PROVIDERS.reference();
    }

    /** The chosen provider where it computes in this type, the reference elsewhere (integers). */
    public static Conv2dProvider forType(DType dtype) {
        return chosen().supports(dtype) ? chosen() : reference();
    }

    /**
     * The provider of a name, as {@code --provider} and the property take it.
     *
     * @param name {@code auto}, {@code simd}, {@code reference}, or another's that the service loader finds
     * @throws IllegalArgumentException if there is no such provider
     * @throws IllegalStateException if it cannot run here; the message says why and what to do
     */
    public static Conv2dProvider byName(String name) {
        return PROVIDERS.byName(name);
    }

    /** The outcome and how it came about, for a support ticket. */
    public static String describe() {
        return "Lanewise on JDK " + Runtime.version() + ", " + System.getProperty("os.arch") + ": provider "
                + chosen().describe() + " (" + PROVIDERS.reason()
                + "); integer types always run on the reference";
    }
}
