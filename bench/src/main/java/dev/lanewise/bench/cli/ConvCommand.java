package dev.lanewise.bench.cli;

import dev.lanewise.bench.io.Failure;
import dev.lanewise.bench.io.OutputFile;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise conv}: one convolution between .npy files. */
@Command(name = "conv", description = "Compute one convolution between .npy files, as PyTorch's conv2d does.", sortOptions = false)
public final class ConvCommand implements Callable<Integer> {
    private static final String AUTO = "auto";

    @Option(names = "--input", required = true, paramLabel = "x.npy", description = "[N, Cin, H, W] or [Cin, H, W]")
    private Path input = Path.of("");

    @Option(names = "--weight", required = true, paramLabel = "w.npy", description = "[Cout, Cin/groups, R, S]")
    private Path weight = Path.of("");

    @Option(names = "--bias", paramLabel = "b.npy", description = "[Cout]")
    private @Nullable Path bias;

    @Option(names = "--stride", paramLabel = "S", defaultValue = "1", description = "2, or 2,1 (rows, columns); default 1")
    private String stride = "1";

    @Option(names = "--padding", paramLabel = "P", defaultValue = "0", description = "1, or 1,2 (rows, columns), or top,left,bottom,right (negative ones crop), or same, or valid; default 0")
    private String padding = "0";

    @Option(names = "--padding-mode", paramLabel = "M", defaultValue = "zeros", description = "zeros (default), reflect, replicate or circular")
    private String paddingMode = "zeros";

    @Option(names = "--dilation", paramLabel = "D", defaultValue = "1", description = "2, or 2,1 (rows, columns); default 1")
    private String dilation = "1";

    @Option(names = "--groups", paramLabel = "G", defaultValue = "1", description = "into how many convolutions the channels fall; default 1")
    private int groups = 1;

    @Option(names = "--provider", paramLabel = "NAME", defaultValue = AUTO, description = "auto (default), simd, reference, or another on the class path; all give the same bits")
    private String provider = AUTO;

    @Option(names = "--algorithm", paramLabel = "NAME", description = "one of the provider's algorithms (see info) instead of its own choice")
    private @Nullable String algorithm;

    @Option(names = "--layout", paramLabel = "L", defaultValue = "nchw", description = "nchw (default) or nhwc: how x and y lie in memory while it computes; does not change a bit of the result")
    private String layout = "nchw";

    @Option(names = "--threads", paramLabel = "T", description = "default: all processors; does not change a bit of the result")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--output", required = true, paramLabel = "y.npy", description = "[N, Cout, P, Q] or [Cout, P, Q]; replaced whole or not at all")
    private Path output = Path.of("");

    @Option(names = "--expected", paramLabel = "e.npy", description = "compare the output with this one, bit by bit; exit 1 if they differ")
    private @Nullable Path expected;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Conv2dSpec conv = convolution();
        ImageLayout made = ImageLayout.parse(layout);
        Tensor x = read(input);
        Tensor w = read(weight);
        Tensor b = bias == null ? null : read(bias);
        Tensor e = expected == null ? null : read(expected);
        Conv2dShape shape = Conv2dShape.of(x, w, b, conv);
        try (Workers workers = Workers.threads(threads)) {
            Conv2dPlan plan = provider(x.dtype()).plan(shape, w, b,
                    new Conv2dOptions(workers, algorithm).withLayout(made));
            Tensor y = compute(plan, made == ImageLayout.NCHW ? x : made.copy(x), made);
            return e == null || isEqual(e, y) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    /**
     * What the options say beside the tensors.
     *
     * @throws IllegalArgumentException if one of them makes no sense
     */
    public Conv2dSpec convolution() {
        return new Conv2dSpec(Numbers.parse("--stride", stride), Numbers.parsePadding(padding),
                PaddingMode.parse(paddingMode), Numbers.parse("--dilation", dilation), groups);
    }

    private boolean isEqual(Tensor e, Tensor y) {
        try {
            Equality.assertSameBits(e, y);
            return true;
        } catch (AssertionError difference) {
            Console.err(spec).println("lanewise: " + Failure.describe(difference));
            return false;
        }
    }

    private static Tensor read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a folder");
        }
        return Npy.read(path);
    }

    private Conv2dProvider provider(DType dtype) {
        if (provider.equals(AUTO)) {
            return Conv2dProviders.forType(dtype);
        }
        Conv2dProvider named = Conv2dProviders.byName(provider);
        if (!named.supports(dtype) && Conv2dProviders.reference().supports(dtype)) {
            throw new IllegalArgumentException("the provider '" + provider + "' does not compute in " + dtype.label()
                    + ", only the reference does");
        }
        return named;
    }

    private Tensor compute(Conv2dPlan plan, Tensor x, ImageLayout made) throws IOException {
        try (OutputFile file = OutputFile.open(output)) {
            Tensor y = made.zeros(x.dtype(), plan.shape().outputShape());
            long start = System.nanoTime();
            plan.run(x, y);
            double millis = (System.nanoTime() - start) / 1e6;
            file.replace(stream -> Npy.write(stream, y));
            Console.out(spec).printf(Locale.ROOT, "%s in %s, %.1f ms, %s%n", y, output, millis, plan.describe());
            return y;
        }
    }
}
