package dev.lanewise.core.provider;

import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * Whether the vector code can run here, and if not, why and what to do about it.
 *
 * @param <P> the service
 * @param simd the provider, or null after a «no»
 * @param reason the «no» with its remedy, or that there was none
 */
record Ladder<P extends Provider>(@Nullable P simd, String reason) {
    /** The JDK that the vector code was measured on; a newer one is used with a warning. */
    private static final int MEASURED_JDK = 25;
    private static final String VECTOR_MODULE = RunningJvm.VECTOR_MODULE;

    /**
     * From top to bottom; the first «no» ends it.
     *
     * @param installed what the service loader finds
     */
    static <P extends Provider> Ladder<P> climb(Iterable<P> installed, RunningJvm jvm) {
        try {
            P simd = find(installed);
            if (simd == null) {
                return no("there is no SIMD provider on the class path or module path; add lanewise-simd");
            }
            if (!jvm.hasVectorModule()) {
                return no("the module " + VECTOR_MODULE + " is not there; add --add-modules " + VECTOR_MODULE
                        + " to the java command");
            }
            if (!jvm.hasC2()) {
                return no("this JVM does not use the C2 compiler, without which vector code crawls; "
                        + "use a HotSpot JDK without -Xint and -XX:TieredStopAtLevel");
            }
            if (jvm.vectorBits() < 128) {
                return no("vectors have " + jvm.vectorBits()
                        + " bits in this JVM, at least 128 are needed; remove -XX:MaxVectorSize");
            }
            if (!jvm.hasFma()) {
                return no(
                        "there is no fused multiply-add in hardware, or it is switched off; remove -XX:-UseFMA and -XX:UseAVX=0");
            }
            simd.check();
            warnOfNewerJdk(jvm.feature());
            return new Ladder<>(simd, "the module, C2, the vector width and FMA are there");
        } catch (LinkageError | ServiceConfigurationError e) {
            return no("the SIMD provider could not be loaded: " + e);
        }
    }

    private static <P extends Provider> Ladder<P> no(String reason) {
        return new Ladder<>(null, reason);
    }

    private static <P extends Provider> @Nullable P find(Iterable<P> installed) {
        for (P provider : installed) {
            if (provider.name().equals("simd")) {
                return provider;
            }
        }
        return null;
    }

    private static void warnOfNewerJdk(int jdk) {
        if (jdk > MEASURED_JDK) {
            System.getLogger("dev.lanewise").log(System.Logger.Level.WARNING,
                    "Lanewise's vector code was measured on JDK " + MEASURED_JDK + "; on JDK " + jdk
                            + " it gives the same bits, at a speed that nobody has looked at");
        }
    }
}
