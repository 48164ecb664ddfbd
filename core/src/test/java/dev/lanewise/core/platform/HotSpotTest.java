package dev.lanewise.core.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the flags say, against what Linux says of the processor. */
class HotSpotTest {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    @Test
    void theCompilersAreThere() {
        assertEquals(ManagementFactory.getCompilationMXBean() != null, HotSpot.hasC2());
    }

    @Test
    void vectorsAndRegisters() throws IOException {
        List<String> processor = x86Flags();
        boolean avx512 = processor.contains("avx512f");
        assertEquals(processor.contains("fma"), HotSpot.hasFma());
        assertEquals(avx512 ? 32 : 16, HotSpot.vectorRegisters());
        assertTrue(HotSpot.maxVectorBits() == 128 || HotSpot.maxVectorBits() == 256
                || (avx512 && HotSpot.maxVectorBits() == 512), HotSpot.maxVectorBits() + " bits");
    }

    private static List<String> x86Flags() throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && Files.isReadable(PROCESSORS),
                "not an x86 processor on Linux");
        return Files.readAllLines(PROCESSORS).stream().filter(line -> line.startsWith("flags"))
                .map(line -> List.of(line.split("\\s+", -1))).findFirst().orElseThrow();
    }
}
