package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What system properties and JVM options make of {@code info}, in a JVM of its own. */
class ForcedChoiceTest {
    @TempDir
    private Path folder = Path.of("");

    private CommandLineRun info(String... jvmOptions) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(jvmOptions));
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(), "info"));
        int exitCode = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start()
                .waitFor();
        return new CommandLineRun(exitCode, Files.readString(out),
                withoutTheJvmsWarning(Files.readString(err, StandardCharsets.UTF_8)));
    }

    private static String withoutTheJvmsWarning(String err) {
        return err.replaceFirst("WARNING: Using incubator modules: [^\n]*\n", "");
    }

    @Test
    void aWidth() throws IOException, InterruptedException {
        String info = info("--add-modules=jdk.incubator.vector", "-Dlanewise.vectorBits=128").succeeds().out();

        assertTrue(info.contains("simd: 128-bit vectors"), info);
    }

    @Test
    void aWidthThatIsNotToBeHad() throws IOException, InterruptedException {
        info("--add-modules=jdk.incubator.vector", "-Dlanewise.vectorBits=1024")
                .failsWith("-Dlanewise.vectorBits=1024: expected 128, 256 or 512");
    }

    @Test
    void aProviderThatIsNotToBeHad() throws IOException, InterruptedException {
        info("-Dlanewise.provider=gpu").failsWith("unknown provider 'gpu'");
        info("-Dlanewise.provider=simd").failsWith("add --add-modules jdk.incubator.vector to the java command");
    }

    @Test
    void withoutTheModuleTheReferenceRunsAndOneLineSaysWhatToDo() throws IOException, InterruptedException {
        CommandLineRun run = info();

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("reference: plain Java loops"), run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("add --add-modules jdk.incubator.vector to the java command"), run.err());
    }
}
