package dev.lanewise.core.platform;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What the running JVM says about itself in its flags. */
public final class HotSpot {
    private HotSpot() {
    }

    /** Whether a fused multiply-add is one instruction; the JVM switches the flag off where the processor has none. */
    public static boolean hasFma() {
        return Boolean.parseBoolean(flag("UseFMA", "false"));
    }

    /** Whether the optimizing compiler C2 is there and in use: without it vector code allocates an object per operation. */
    public static boolean hasC2() {
        return Boolean.parseBoolean(flag("UseCompiler", "false"))
                && Integer.parseInt(flag("TieredStopAtLevel", "4")) >= 4
                && !Boolean.parseBoolean(flag("UseJVMCICompiler", "false"));
    }

    /** The widest vector that C2 will use, in bits. */
    public static int maxVectorBits() {
        return Integer.parseInt(flag("MaxVectorSize", "0")) * Byte.SIZE;
    }

    /**
     * How many vector registers C2 allocates: 32 with AVX-512 and on Arm, 16 on other x86 processors. A 128-bit vector on an
     * AVX-512 machine has 32 as well, so the width does not tell.
     */
    public static int vectorRegisters() {
        return isX86() && Integer.parseInt(flag("UseAVX", "0")) < 3 ? 16 : 32;
    }

    /** The size in bytes above which an array begins a region of the heap, with G1; without it none does. */
    public static long regionArrayBytes() {
        return Boolean.parseBoolean(flag("UseG1GC", "false"))
                ? Long.parseLong(flag("G1HeapRegionSize", "0")) / 2
                : Long.MAX_VALUE;
    }

    /** Whether this is an x86-64 processor. */
    public static boolean isX86() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> true;
            default -> false;
        };
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
