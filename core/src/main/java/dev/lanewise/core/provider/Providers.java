package dev.lanewise.core.provider;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who computes one kind of thing: decided once, when first asked, from top to bottom: is a SIMD provider installed, is the incubator module
 * readable, is C2 there, is the width at least 128 bits, does FMA have hardware.
 *
 * <p>{@code -Dlanewise.provider=auto|simd|reference} forces a choice; a forced provider that is not to be had is an error. Where
 * the choice falls on the reference one log line says why and what to do, and the program runs on with the same bits.
 *
 * @param <P> the service
 */
public final class Providers<P extends Provider> {
    /** The property that forces a choice. */
    public static final String PROPERTY = "lanewise.provider";
    /** The outcome is the same for every service, so one line tells it. */
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private final Iterable<P> installed;
    private final P reference;
    private volatile @Nullable Choice<P> made;

    /**
     * Chooses among these.
     *
     * @param installed the service loader of P
     * @param reference computes where no other can
     */
    public Providers(Iterable<P> installed, P reference) {
        this.installed = installed;
        this.reference = reference;
    }

    /** The provider that was chosen. */
    public P chosen() {
        return choice().provider;
    }

    /** The reference, whatever was chosen. */
    public P reference() {
        return reference;
    }

    /** Why it was chosen. */
    public String reason() {
        return choice().reason;
    }

    /**
     * The provider of a name, as the property takes it.
     *
     * @param name {@code auto}, {@code simd}, {@code reference}, or another's that is installed
     * @throws IllegalArgumentException if there is no such provider
     * @throws IllegalStateException if it cannot run here; the message says why and what to do
     */
    public P byName(String name) {
        return switch (name) {
            case "auto" -> chosen();
            case "reference" -> reference;
            case "simd" -> {
                Ladder<P> ladder = Ladder.climb(installed, RunningJvm.here());
                if (ladder.simd() == null) {
                    throw new IllegalStateException(
                            "the provider 'simd' was asked for, but cannot run here: " + ladder.reason());
                }
                yield ladder.simd();
            }
            default -> installed(name);
        };
    }

    private P installed(String name) {
        for (P provider : installed) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("unknown provider '" + name + "', expected auto, simd or reference");
    }

    private Choice<P> choice() {
        Choice<P> choice = made;
        if (choice == null) {
            synchronized (this) { // a service loader is not for several threads
                choice = made;
                if (choice == null) {
                    choice = choose();
                    made = choice;
                }
            }
        }
        return choice;
    }

    private Choice<P> choose() {
        String forced = System.getProperty(PROPERTY, "auto");
        if (!forced.equals("auto")) {
            return new Choice<>(byName(forced), "forced by -D" + PROPERTY + "=" + forced);
        }
        Ladder<P> ladder = Ladder.climb(installed, RunningJvm.here());
        if (ladder.simd() == null) {
            warnOnce("Lanewise runs on its plain Java reference, which is slow: " + ladder.reason());
            return new Choice<>(reference, ladder.reason());
        }
        return new Choice<>(ladder.simd(), ladder.reason());
    }

    /** Java's logging takes longer to start than everything else in the first call, so that all is well is not logged. */
    private static void warnOnce(String message) {
        if (LOGGED.compareAndSet(false, true)) {
            System.getLogger("dev.lanewise").log(System.Logger.Level.WARNING, message);
        }
    }

    /** What was chosen, and why. */
    private record Choice<P>(P provider, String reason) {
    }
}
