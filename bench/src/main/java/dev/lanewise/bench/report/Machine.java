package dev.lanewise.bench.report;

import dev.lanewise.core.conv.Conv2dProviders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * Where and when something was measured.
 *
 * @param cpu the processor's name
 * @param logicalProcessors how many the JVM may use
 * @param os the operating system
 * @param jdk the JVM with its version
 * @param flags the JVM's options
 * @param vectors the vectors that the library uses
 * @param date when, in UTC
 */
public record Machine(String cpu, int logicalProcessors, String os, String jdk, String flags, String vectors,
        String date) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This one, now. */
    public static Machine here() {
        return new Machine(processor(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", "
                        + System.getProperty("java.vm.vendor"),
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
                Conv2dProviders.byName("simd").describe(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The processor's name as Linux tells it. */
    public static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("model unknown");
        } catch (IOException e) { // not Linux
            return "model unknown";
        }
    }
}
