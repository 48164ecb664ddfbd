package dev.lanewise.core.provider;

/** Something that computes for the library. Found by {@link java.util.ServiceLoader}, chosen by {@link Providers}. */
public interface Provider {
    /** A short name, {@code "simd"} for one, as {@code -Dlanewise.provider} takes it. */
    String name();

    /**
     * Looks whether the provider can run here, before it is chosen: what is missing, and a property that asks for what is not to be had, is an error. It is part of a
     * program's first call, so it loads no more than it needs to.
     */
    default void check() {
    }

    /** One line for a support ticket: what the provider found on this machine. */
    String describe();
}
