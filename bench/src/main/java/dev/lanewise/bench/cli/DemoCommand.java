package dev.lanewise.bench.cli;

import dev.lanewise.bench.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise demo}. */
@Command(name = "demo", description = "Find the faces in a photograph with a real network, by the reference and by SIMD, and draw them.")
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--image", paramLabel = "FILE", description = "a PNG or JPEG of any size (default: a photograph that comes along)")
    private @Nullable Path image;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "where to write NAME-faces.png (default: the current folder)")
    private Path out = Path.of(".");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        boolean agree = new Demo(image, out, Console.out(spec)).run();
        return agree ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
