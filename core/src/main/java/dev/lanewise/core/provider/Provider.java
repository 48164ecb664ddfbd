package dev.lanewise.core.provider;

/** Something that computes for the library. Found by {@link java.util.ServiceLoader}, chosen by {@link Providers}. */
public interface Provider {
    /** A short name, {@code "simd"} for one, as {@code -Dlanewise.provider} takes it. */
    String name();

    /** One line for a support ticket: what the provider found on this machine. */
    String describe();
}
