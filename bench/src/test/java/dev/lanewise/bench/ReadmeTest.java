package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README's example compiles, runs, and prints what its comment says. */
class ReadmeTest {
    private static final Path README = Path.of("../README.md");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleRuns() throws IOException, InterruptedException {
        String example = find("```java\n(.*?)```", Files.readString(README));
        Path source = Files.writeString(folder.resolve("Example.java"), example);
        Path output = folder.resolve("out.txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-cp",
                classPath, source.toString()).redirectOutput(output.toFile())
                .redirectError(folder.resolve("err.txt").toFile()).start();

        assertEquals(0, java.waitFor(), () -> read(folder.resolve("err.txt")));
        assertEquals(find("IO\\.println\\([^\n]*\\); // ([^\n]*)\n", example), read(output).strip());
    }

    @Test
    void everyCommandIsThere() throws IOException {
        String readme = Files.readString(README);

        for (String command : new CommandLine(new Main()).getSubcommands().keySet()) {
            assertTrue(readme.contains("| `" + command), command);
        }
    }

    private static String find(String regex, String text) {
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(text);
        assertTrue(matcher.find(), regex);
        return matcher.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
