package dev.lanewise.bench.coldstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Starts fresh JVMs, on this one's java and class path, and reads what they tell. */
final class ColdRuns implements AutoCloseable {
    private final String problem;
    private final int millis;
    private final Path folder;
    private final Map<ColdMode, Path> caches = new EnumMap<>(ColdMode.class);

    ColdRuns(String problem, int millis) throws IOException {
        this.problem = problem;
        this.millis = millis;
        this.folder = Files.createTempDirectory("lanewise-coldstart");
    }

    /** Rounds in which each mode has a JVM of its own, in an order that changes. One JVM goes before, and does not count: it brings files into memory. */
    Map<ColdMode, List<ColdRun>> run(List<ColdMode> modes, int jvms) throws IOException, InterruptedException {
        Map<ColdMode, List<ColdRun>> runs = new EnumMap<>(ColdMode.class);
        for (ColdMode mode : modes) {
            if (mode.hasCache()) {
                Path cache = folder.resolve(mode + ".aot");
                start(mode, "-XX:AOTCacheOutput=" + cache);
                caches.put(mode, cache);
            }
        }
        start(modes.getFirst());
        for (int round = 0; round < jvms; round++) {
            for (int i = 0; i < modes.size(); i++) {
                ColdMode mode = modes.get((round + i) % modes.size());
                Path cache = caches.get(mode);
                runs.computeIfAbsent(mode, any -> new ArrayList<>())
                        .add(cache == null ? start(mode) : start(mode, "-XX:AOTCache=" + cache));
            }
        }
        return runs;
    }

    private ColdRun start(ColdMode mode, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(mode.options());
        command.addAll(Arrays.asList(more));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ColdProgram.class.getName(), problem,
                Integer.toString(millis)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a JVM ended with exit code " + process.exitValue() + ": "
                    + String.join(" ", command));
        }
        return ColdRun.parse(out.lines().filter(line -> line.matches("[-0-9.E ]+")).findFirst()
                .orElseThrow(() -> new IllegalStateException("a JVM told nothing: " + String.join(" ", command))));
    }

    /** Deletes the caches. */
    @Override
    public void close() throws IOException {
        for (Path cache : caches.values()) {
            Files.deleteIfExists(cache);
        }
        Files.deleteIfExists(folder);
    }
}
