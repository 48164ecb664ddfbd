package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed JARs on the module path, used by a program with a module-info of its own and no option but {@code -p}. */
class ModulePathIT {
    private static final Path CORE = jar("lanewise-core");
    private static final Path SIMD = jar("lanewise-simd");

    private static final String DESCRIPTOR = """
            module app {
                requires dev.lanewise.core;
                uses dev.lanewise.core.conv.Conv2dProvider;
            }
            """;
    private static final String MAIN = """
            package app;

            import dev.lanewise.core.conv.Conv2d;
            import dev.lanewise.core.conv.Conv2dProvider;
            import dev.lanewise.core.conv.Conv2dSpec;
            import dev.lanewise.core.tensor.Tensor;
            import java.util.ServiceLoader;

            class Main {
                public static void main(String[] args) {
                    for (Conv2dProvider provider : ServiceLoader.load(Conv2dProvider.class)) {
                        System.out.println(provider.name() + " of " + provider.getClass().getModule().getName());
                    }
                    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
                    Tensor weight = Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 2, 2);
                    System.out.println("sum " + Conv2d.apply(x, weight, null, Conv2dSpec.DEFAULT).floats()[0]);
                }
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void compileAgainstCoreAlone() throws IOException {
        Path descriptor = Files.writeString(folder.resolve("module-info.java"), DESCRIPTOR);
        Path main = Files.writeString(folder.resolve("Main.java"), MAIN);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-p", CORE.toString(),
                "-d", classes().toString(), descriptor.toString(), main.toString());
        assertEquals(0, status, "javac");
    }

    @Test
    void findsTheSimdProvider() throws Exception {
        assertEquals(List.of("simd of dev.lanewise.simd", "sum 10.0"), run(CORE, SIMD, classes()));
    }

    @Test
    void runsWithoutIt() throws Exception {
        assertEquals(List.of("sum 10.0"), run(CORE, classes()));
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    /** The lines that the program prints. */
    private static List<String> run(Path... modulePath) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = Stream.of(modulePath).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(java, "-p", path, "-m", "app/app.Main")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), "exit status");
        return lines;
    }

    /** The JAR of the given module in the folder that the build fills for the launcher. */
    private static Path jar(String name) {
        try (Stream<Path> files = Files.list(Path.of("target/lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "-"))
                    .filter(file -> !file.getFileName().toString().endsWith("-tests.jar")) // the test kit lies beside core
                    .findFirst().orElseThrow().toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
