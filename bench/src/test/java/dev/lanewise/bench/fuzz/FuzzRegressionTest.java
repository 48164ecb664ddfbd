package dev.lanewise.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The corpus from which fuzzing starts: the inputs that once failed, and those that lead to different places. */
class FuzzRegressionTest {
    @TestFactory
    Stream<DynamicTest> npy() throws Exception {
        return inputs("npy", NpyFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> network() throws Exception {
        return inputs("network", NetworkFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> commandLine() throws Exception {
        return inputs("command-line", CommandLineFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> inputs(String corpus, Consumer<byte[]> target)
            throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(FuzzRegressionTest.class.getResource(corpus)).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> inputs = files.sorted().toList();
            assertTrue(inputs.size() >= 3, inputs.toString());
            return inputs.stream().map(input -> DynamicTest.dynamicTest(input.getFileName().toString(),
                    () -> target.accept(read(input))));
        }
    }

    private static byte[] read(Path input) {
        try {
            return Files.readAllBytes(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
