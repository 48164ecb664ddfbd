package dev.lanewise.simd.environment;

import org.jspecify.annotations.Nullable;

/**
 * Who computes until the JVM has compiled the vector code, and who sees to it that it does: what {@code -Dlanewise.warmup=daemon|off|vector|plain}
 * says. Results are the same bits in every mode.
 */
public enum WarmupMode {
    /** Plain loops compute at first; a daemon thread warms the vector code up. */
    DAEMON,
    /** The same without a thread: callers give a tenth of their time. */
    OFF,
    /** Vector code computes from the first call on, however slow it is. */
    VECTOR,
    /** Plain loops compute for good. */
    PLAIN;

    /** The property that sets the mode. */
    public static final String PROPERTY = "lanewise.warmup";

    /**
     * What the property says. Without it there is a thread, except on one processor, which it would have to share with its caller.
     *
     * @throws IllegalStateException if the property has another value
     */
    public static WarmupMode chosen() {
        return of(System.getProperty(PROPERTY), Runtime.getRuntime().availableProcessors());
    }

    static WarmupMode of(@Nullable String property, int processors) {
        if (property == null) {
            return processors > 1 ? DAEMON : OFF;
        }
        return switch (property) {
            case "daemon" -> DAEMON;
            case "off" -> OFF;
            case "vector" -> VECTOR;
            case "plain" -> PLAIN;
            default -> throw new IllegalStateException(
                    "-D" + PROPERTY + "=" + property + ": expected daemon, off, vector or plain");
        };
    }
}
