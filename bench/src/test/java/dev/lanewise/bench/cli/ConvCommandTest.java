package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.CommandLineRun;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.KnownAnswer;
import dev.lanewise.core.testkit.TorchCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvCommandTest {
    @TempDir
    private Path folder = Path.of("");

    static List<KnownAnswer> torch() {
        return TorchCases.conv2d();
    }

    @ParameterizedTest
    @MethodSource("torch")
    void givesPyTorchsNumbersAndAlwaysTheSameBytes(KnownAnswer known) throws IOException {
        byte[] first = run(known, "reference", 1);

        known.check(Npy.read(folder.resolve("y.npy")));
        assertArrayEquals(first, run(known, "reference", 2));
        assertArrayEquals(first, run(known, "simd", 1));
        assertArrayEquals(first, run(known, "simd", 2));
        assertArrayEquals(first, run(known, "auto", 2));
    }

    private byte[] run(KnownAnswer known, String provider, int threads) throws IOException {
        Npy.write(folder.resolve("x.npy"), known.x());
        Npy.write(folder.resolve("w.npy"), known.weight());
        List<Object> args = new ArrayList<>(
                List.of("conv", "--input", folder.resolve("x.npy"), "--weight", folder.resolve("w.npy"), "--output",
                        folder.resolve("y.npy"), "--provider", provider, "--threads", threads));
        if (known.bias() != null) {
            Npy.write(folder.resolve("b.npy"), known.bias());
            args.addAll(List.of("--bias", folder.resolve("b.npy")));
        }
        args.addAll(options(known.spec()));
        String out = CommandLineRun.of(args.toArray()).succeeds().out();
        assertTrue(out.contains(known.y().toString()), out);
        return Files.readAllBytes(folder.resolve("y.npy"));
    }

    private static List<String> options(Conv2dSpec spec) {
        return List.of("--stride=" + list(spec.stride()), "--padding=" + option(spec.padding()),
                "--padding-mode=" + spec.paddingMode().label(),
                "--dilation=" + list(spec.dilation()), "--groups=" + spec.groups());
    }

    private static String option(Padding padding) {
        return switch (padding) {
            case Padding.Symmetric symmetric -> list(symmetric.values());
            case Padding.Sides sides -> list(List.of(sides.top(), sides.left(), sides.bottom(), sides.right()));
            case Padding.Same same -> "same";
            case Padding.Valid valid -> "valid";
        };
    }

    private static String list(List<Integer> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Counts taps of a kernel of ones on a 4x5 image of ones: what is cropped and what is padded can be read off the sizes. */
    @Test
    void negativePaddingCropsWrittenEitherWay() throws IOException {
        Npy.write(folder.resolve("x.npy"), ones(1, 1, 4, 5));
        Npy.write(folder.resolve("w.npy"), ones(1, 1, 1, 1));

        conv("--padding=-2,1,2,0").succeeds();
        assertArrayEquals(new float[] {0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
                y().floats());
        byte[] bytes = Files.readAllBytes(folder.resolve("y.npy"));
        conv("--padding", "-2,1,2,0").succeeds();
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("y.npy")));
    }

    @Test
    void integersAreComputedByTheReference() throws IOException {
        Npy.write(folder.resolve("x.npy"), Tensor.of(new long[] {1, 2, 3, 4}, 1, 1, 2, 2));
        Npy.write(folder.resolve("w.npy"), Tensor.of(new long[] {10}, 1, 1, 1, 1));

        conv().succeeds();
        assertEquals(DType.INT64, y().dtype());
        assertEquals(40, y().getLong(0, 0, 1, 1));
        conv("--provider=simd").failsWith("the provider 'simd' does not compute in int64");
    }

    @Test
    void everyAlgorithmOfTheReportCanBeAskedFor() throws IOException {
        Npy.write(folder.resolve("x.npy"), ones(1, 1, 4, 5));
        Npy.write(folder.resolve("w.npy"), ones(1, 1, 1, 1));

        for (String algorithm : Conv2dProviders.reference().algorithms()) {
            conv("--provider=reference", "--algorithm=" + algorithm).succeeds();
        }
        conv("--algorithm=NONSENSE").failsWith("NONSENSE");
    }

    @Test
    void aLayoutChangesNoResult() throws IOException {
        Npy.write(folder.resolve("x.npy"), ones(1, 3, 4, 5));
        Npy.write(folder.resolve("w.npy"), ones(2, 3, 3, 3));

        assertTrue(conv("--layout=nhwc").succeeds().out().contains("float32, NHWC,"));
        assertArrayEquals(new int[] {1, 2, 2, 3}, y().shape());
        assertEquals(27, y().getDouble(0, 1, 1, 2));
    }

    @Test
    void anOutputFileIsReplacedWholeAndMayBeTheInput() throws IOException {
        Path x = folder.resolve("x.npy");
        Npy.write(x, ones(1, 1, 2, 2));
        Npy.write(folder.resolve("w.npy"), Tensor.of(new float[] {3}, 1, 1, 1, 1));

        CommandLineRun.of("conv", "--input", x, "--weight", folder.resolve("w.npy"), "--output", x).succeeds();

        assertArrayEquals(new float[] {3, 3, 3, 3}, Npy.read(x).floats());
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "files are left over");
        }
    }

    private CommandLineRun conv(String... options) {
        List<Object> args = new ArrayList<>(
                List.of("conv", "--input", folder.resolve("x.npy"), "--weight", folder.resolve("w.npy"), "--output",
                        folder.resolve("y.npy")));
        args.addAll(List.of(options));
        return CommandLineRun.of(args.toArray());
    }

    private Tensor y() throws IOException {
        return Npy.read(folder.resolve("y.npy"));
    }

    private static Tensor ones(int... shape) {
        Tensor ones = Tensor.zeros(DType.FLOAT32, shape);
        Arrays.fill(ones.floats(), 1);
        return ones;
    }
}
