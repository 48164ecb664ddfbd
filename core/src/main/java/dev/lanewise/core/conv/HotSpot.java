package dev.lanewise.core.conv;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What the running JVM says about itself in its flags. */
final class HotSpot {
    private HotSpot() {
    }

    /** Whether a fused multiply-add is one instruction; the JVM switches the flag off where the processor has none. */
    static boolean hasFma() {
        return Boolean.parseBoolean(flag("UseFMA", "false"));
    }

    /** Whether the optimizing compiler C2 is there and in use: without it vector code allocates an object per operation. */
    static boolean hasC2() {
        return Boolean.parseBoolean(flag("UseCompiler", "false"))
                && Integer.parseInt(flag("TieredStopAtLevel", "4")) >= 4
                && !Boolean.parseBoolean(flag("UseJVMCICompiler", "false"));
    }

    /** The widest vector that C2 will use, in bits. */
    static int maxVectorBits() {
        return Integer.parseInt(flag("MaxVectorSize", "0")) * Byte.SIZE;
    }

    private static String flag(String name, String otherwise) {
        try {
            HotSpotDiagnosticMXBean bean = hotSpot();
            return bean == null ? otherwise : bean.getVMOption(name).getValue();
        } catch (IllegalArgumentException e) { // this JVM does not know the flag
            return otherwise;
        }
    }

    private static @Nullable HotSpotDiagnosticMXBean hotSpot() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    }
}
