package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import picocli.CommandLine;

/** The README's example compiles, runs, and prints what its comment says. */
class ReadmeTest {
    private static final Path README = Path.of("../README.md");

    private static final String MY_PROVIDER = """
            import dev.lanewise.core.conv.*;
            import dev.lanewise.core.tensor.*;

            class MyProvider implements Conv2dProvider {
                public String name() {
                    return "mine";
                }

                public String describe() {
                    return "mine";
                }

                public boolean supports(DType dtype) {
                    return dtype == DType.FLOAT32;
                }

                public java.util.List<String> algorithms() {
                    return Conv2dProviders.reference().algorithms();
                }

                public Conv2dPlan plan(Conv2dShape shape, Tensor weight, Tensor bias, Conv2dOptions options) {
                    return Conv2dProviders.reference().plan(shape, weight, bias, options);
                }
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleRuns() throws IOException, InterruptedException {
        String example = find("```java\n(.*?)```", Files.readString(README));
        Path source = Files.writeString(folder.resolve("Example.java"), example);
        Path output = folder.resolve("out.txt");

        Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-cp",
                classPath(), source.toString()).redirectOutput(output.toFile())
                .redirectError(folder.resolve("err.txt").toFile()).start();

        assertEquals(0, java.waitFor(), () -> read(folder.resolve("err.txt")));
        assertEquals(find("IO\\.println\\([^\n]*\\); // ([^\n]*)\n", example), read(output).strip());
    }

    /** The class compiles, and the contract holds for a provider that does what the reference does. */
    @Test
    void theContractOfAnOwnProviderRuns() throws IOException, ReflectiveOperationException {
        String contract = find("## Verify your own provider.*?```java\n(.*?)```", Files.readString(README));
        Path test = Files.writeString(folder.resolve("MyProviderTest.java"), contract);
        Path provider = Files.writeString(folder.resolve("MyProvider.java"), MY_PROVIDER);
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        boolean compiled = compiler.getTask(messages, files, null,
                List.of("-proc:none", "-parameters", "-d", folder.toString(), "-cp", classPath()), null,
                files.getJavaFileObjects(test, provider)).call();
        assertTrue(compiled, messages.toString());

        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(loader.loadClass("MyProviderTest")))
                    .filters(EngineFilter.includeEngines("jqwik")).configurationParameter("jqwik.tries.default", "5")
                    .configurationParameter("jqwik.database", "")
                    .configurationParameter("jqwik.reporting.usejunitplatform", "true").build(), listener);
            assertEquals(List.of(), listener.getSummary().getFailures());
            assertTrue(listener.getSummary().getTestsSucceededCount() > 10);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
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
