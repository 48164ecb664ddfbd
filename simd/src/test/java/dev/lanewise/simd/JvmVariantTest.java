package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.lanewise.core.gemm.GemmProviders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each JVM that the build starts is the one that it was meant to be: no run passes on something else than its name says. */
@Tag("any-jvm")
class JvmVariantTest {
    /** {@code reference}, {@code simd}, or the vectors that it has to run on: {@code 256x16} is 256 bits and 16 registers. */
    private static final String RUNS_ON = System.getProperty("lanewise.test.runsOn", "");
    private static final Pattern OPTION = Pattern.compile("-XX:(?:([+-])(\\w+)|(\\w+)=(\\w+))");
    private static final Pattern VECTORS = Pattern.compile("(\\d+)x(\\d+)");

    @Test
    void theProviderIsTheOneThatWasMeant() throws IOException {
        assumeTrue(!RUNS_ON.isEmpty(), "nobody said what this JVM is for");
        Matcher vectors = VECTORS.matcher(RUNS_ON);
        boolean sized = vectors.matches();
        String provider = sized ? "simd" : RUNS_ON;
        assertEquals(provider, LadderLog.chosen().name()); // first, as other tests look at what is logged then
        assertEquals(provider, GemmProviders.chosen().name());
        if (sized) {
            String description = LadderLog.chosen().describe();
            assumeTrue(processorHas(vectors.group(1), vectors.group(2)), "this processor has no such vectors");
            assertTrue(description.contains(": " + vectors.group(1) + "-bit vectors"), description);
            assertTrue(description.contains(", " + vectors.group(2) + " vector registers"), description);
        }
    }

    /** JVMs are told to ignore what they do not know, so a misspelled option would be lost. */
    @Test
    void everyOptionIsInForce() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        for (String option : options) {
            Matcher parts = OPTION.matcher(option);
            if (parts.matches() && isForThisProcessor(option)) {
                boolean flag = parts.group(1) != null;
                String expected = flag ? String.valueOf(parts.group(1).equals("+")) : parts.group(4);
                assertEquals(expected, jvm.getVMOption(parts.group(flag ? 2 : 3)).getValue(), option);
            }
        }
        assertEquals(options.contains("-Xint"), System.getProperty("java.vm.info").contains("interpreted mode"));
    }

    private static boolean isForThisProcessor(String option) {
        return !option.contains("AVX") || isX86();
    }

    private static boolean isX86() {
        return System.getProperty("os.arch").equals("amd64");
    }

    /** 32 registers of any width, and 512 bits, take AVX-512; the JVM uses no less than AVX2 there. */
    private static boolean processorHas(String bits, String registers) throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        String flags = Files.isReadable(processors) ? Files.readString(processors) : "";
        return isX86() && flags.contains(bits.equals("512") || registers.equals("32") ? "avx512f" : "avx2");
    }
}
