package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;

/**
 * Who computes: decided once per JVM, by the {@link Ladder}.
 *
 * <p>{@code -Dlanewise.provider=auto|simd|reference} forces a choice; a forced provider that is not to be had is an error. Where
 * the choice falls on the reference one log line says why and what to do, and the program runs on with the same bits.
 */
public final class Conv2dProviders {
    /** The property that forces a choice. */
    public static final String PROPERTY = "lanewise.provider";
    private static final System.Logger LOG = System.getLogger("dev.lanewise");
    private static final ReferenceProvider REFERENCE = new ReferenceProvider();

    private Conv2dProviders() {
    }

    /** The provider that was chosen. */
    public static Conv2dProvider chosen() {
        return Choice.MADE.provider;
    }

    /** The reference, whatever was chosen. */
    public static Conv2dProvider reference() {
        return REFERENCE;
    }

    /** The chosen provider where it computes in this type, the reference elsewhere (integers). */
    public static Conv2dProvider forType(DType dtype) {
        return chosen().supports(dtype) ? chosen() : REFERENCE;
    }

    /**
     * The provider of a name, as {@code --provider} and the property take it.
     *
     * @param name {@code auto}, {@code simd} or {@code reference}
     * @throws IllegalArgumentException if there is no such provider
     * @throws IllegalStateException if it cannot run here; the message says why and what to do
     */
    public static Conv2dProvider byName(String name) {
        return switch (name) {
            case "auto" -> chosen();
            case "reference" -> REFERENCE;
            case "simd" -> {
                Ladder ladder = Ladder.climb();
                if (ladder.simd() == null) {
                    throw new IllegalStateException(
                            "the provider 'simd' was asked for, but cannot run here: " + ladder.reason());
                }
                yield ladder.simd();
            }
            default ->
                throw new IllegalArgumentException("unknown provider '" + name + "', expected auto, simd or reference");
        };
    }

    /** The outcome and how it came about, for a support ticket. */
    public static String describe() {
        return "Lanewise on JDK " + Runtime.version() + ", " + System.getProperty("os.arch") + ": provider "
                + chosen().describe() + " (" + Choice.MADE.reason
                + "); integer types always run on the reference";
    }

    /** What was chosen, made when first asked for. */
    private record Choice(Conv2dProvider provider, String reason) {
        static final Choice MADE = make();

        private static Choice make() {
            String forced = System.getProperty(PROPERTY, "auto");
            if (!forced.equals("auto")) {
                return new Choice(byName(forced), "forced by -D" + PROPERTY + "=" + forced);
            }
            Ladder ladder = Ladder.climb();
            if (ladder.simd() == null) {
                LOG.log(System.Logger.Level.WARNING,
                        "Lanewise runs on its plain Java reference, which is slow: " + ladder.reason());
                return new Choice(REFERENCE, ladder.reason());
            }
            LOG.log(System.Logger.Level.INFO, "Lanewise runs on " + ladder.simd().describe());
            return new Choice(ladder.simd(), ladder.reason());
        }
    }
}
