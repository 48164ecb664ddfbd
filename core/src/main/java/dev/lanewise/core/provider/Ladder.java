package dev.lanewise.core.provider;

import dev.lanewise.core.platform.HotSpot;
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
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /**
     * From top to bottom; the first «no» ends it.
     *
     * @param installed what the service loader finds
     */
    static <P extends Provider> Ladder<P> climb(Iterable<P> installed) {
        try {
            P simd = find(installed);
            if (simd == null) {
                return no("there is no SIMD provider on the class path or module path; add lanewise-simd");
            }
            if (!vectorModuleReadable()) {
                return no("the module " + VECTOR_MODULE + " is not there; add --add-modules " + VECTOR_MODULE
                        + " to the java command");
            }
            if (!HotSpot.hasC2()) {
                return no("this JVM does not use the C2 compiler, without which vector code crawls; "
                        + "use a HotSpot JDK without -Xint and -XX:TieredStopAtLevel");
            }
            if (HotSpot.maxVectorBits() < 128) {
                return no("vectors have " + HotSpot.maxVectorBits()
                        + " bits in this JVM, at least 128 are needed; remove -XX:MaxVectorSize");
            }
            if (!HotSpot.hasFma()) {
                return no(
                        "there is no fused multiply-add in hardware, or it is switched off; remove -XX:-UseFMA and -XX:UseAVX=0");
            }
            simd.describe(); // links the vector classes: what is missing shows here
            warnOfNewerJdk();
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

    /** In the boot layer on the class path; in our own layer where an application made one. */
    private static boolean vectorModuleReadable() {
        ModuleLayer own = Ladder.class.getModule().getLayer();
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
                || (own != null && own.findModule(VECTOR_MODULE).isPresent());
    }

    private static void warnOfNewerJdk() {
        int jdk = Runtime.version().feature();
        if (jdk > MEASURED_JDK) {
            System.getLogger("dev.lanewise").log(System.Logger.Level.WARNING,
                    "Lanewise's vector code was measured on JDK " + MEASURED_JDK + "; on JDK " + jdk
                            + " it gives the same bits, at a speed that nobody has looked at");
        }
    }
}
