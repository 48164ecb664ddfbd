package dev.lanewise.bench.paired;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much of the machine other programs used meanwhile. A library whose threads wait for one another by spinning can become
 * many times slower when it does not have all its processors.
 */
public final class OtherPrograms {
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);
    private static final Path STAT = Path.of("/proc/stat");
    /** Linux counts in hundredths of a second. */
    private static final double TICK = 0.01;
    /** After "cpu": user, nice, system, idle, iowait, irq, softirq. */
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int LAST = 7;
    private final long start = System.nanoTime();
    private final double busy = othersSeconds();

    /** Begins to watch. */
    public OtherPrograms() {
    }

    /** How many processors other programs kept busy since then, on average; NaN where that cannot be told. */
    public double processors() {
        double seconds = (System.nanoTime() - start) * 1e-9;
        return Math.max(0, (othersSeconds() - busy) / seconds);
    }

    private static double othersSeconds() {
        return machineSeconds() - ownSeconds() - childrenSeconds();
    }

    private static double machineSeconds() {
        try {
            String cpu = Files.readString(STAT, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
            return busySeconds(cpu);
        } catch (IOException e) { // not Linux
            return Double.NaN;
        }
    }

    /** The seconds that processors were busy, by the first line of {@code /proc/stat}. */
    static double busySeconds(String line) {
        long[] ticks = Arrays.stream(line.strip().split("\\s+")).skip(1).mapToLong(Long::parseLong).toArray();
        double sum = 0;
        for (int i = 1; i <= Math.min(LAST, ticks.length); i++) {
            sum += i == IDLE || i == IO_WAIT ? 0 : ticks[i - 1];
        }
        return sum * TICK;
    }

    /** The processor time of all threads of this JVM so far. */
    static double ownSeconds() {
        return SYSTEM.getProcessCpuTime() * 1e-9;
    }

    /** That of the processes that this JVM started and that live. */
    private static double childrenSeconds() {
        return ProcessHandle.current().children().map(child -> child.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .mapToLong(Duration::toNanos).sum() * 1e-9;
    }
}
