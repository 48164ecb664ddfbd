package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.CommandLineRun;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Bad input ends with exit code 2 and one line; the output that was there stays as it was, and nothing is left beside it. */
class ConvBadInputTest {
    private static final byte[] OLD = "what was there before".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of("");
    private Path x = folder;
    private Path w = folder;
    private Path y = folder;
    private int files;

    @BeforeEach
    void goodInput() throws IOException {
        x = folder.resolve("x.npy");
        w = folder.resolve("w.npy");
        y = folder.resolve("y.npy");
        Npy.write(x, Tensor.zeros(DType.FLOAT32, 1, 3, 4, 5));
        Npy.write(w, Tensor.zeros(DType.FLOAT32, 4, 3, 3, 3));
        Files.write(y, OLD);
        files = 3;
    }

    @AfterEach
    void nothingWasWritten() throws IOException {
        assertArrayEquals(OLD, Files.readAllBytes(y));
        try (Stream<Path> found = Files.list(folder)) {
            assertEquals(files, found.count(), "files are left over");
        }
    }

    private CommandLineRun conv(Object... options) {
        List<Object> args = new ArrayList<>(List.of("conv", "--input", x, "--weight", w, "--output", y));
        args.addAll(List.of(options));
        return CommandLineRun.of(args.toArray());
    }

    private Path add(String name, byte[] content) throws IOException {
        files++;
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void files() throws IOException {
        Path bias = add("b.npy", "1,2,3\n".getBytes(StandardCharsets.UTF_8));
        conv("--bias", bias).failsWith("not a .npy file");
        Path truncated = add("t.npy", Arrays.copyOf(Files.readAllBytes(x), 200));
        conv("--bias", truncated).failsWith("float32[1, 3, 4, 5] needs 240 bytes, but 72 follow the header");
        conv("--bias", folder.resolve("missing.npy")).failsWith("missing.npy: there is no such file");
        conv("--bias", folder).failsWith(folder.toString());
    }

    @Test
    void aSmallFileThatClaimsThreeGigabytes() throws IOException {
        byte[] header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 16384, 16384), }"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[1024];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0}, 0, file, 0,
                10);
        System.arraycopy(header, 0, file, 10, header.length);
        conv("--input", add("huge.npy", file)).failsWith("--input"); // given twice

        x = folder.resolve("huge.npy");
        conv().failsWith("float32[1, 3, 16384, 16384]");
    }

    @Test
    void shapes() throws IOException {
        conv("--groups=2").failsWith(
                "Given groups=2, weight of size [4, 3, 3, 3], expected input[1, 3, 4, 5] to have 6 channels, but got 3 channels instead");
        conv("--groups=3").failsWith(
                "Given groups=3, expected weight to be divisible by 3 at dimension 0, but got weight of size [[4, 3, 3, 3]] instead");
        conv("--dilation=2").failsWith("Calculated padded input size per channel: (4 x 5). Kernel size: (5 x 5).");
        conv("--stride=2", "--padding=same").failsWith("padding='same' is not supported for strided convolutions");
        conv("--padding=-1").failsWith("negative padding is not supported");
        conv("--padding=1,2,3")
                .failsWith("a list of 2 values to match the convolution dimensions, but got padding=[1, 2, 3]");
        conv("--stride=0").failsWith("non-positive stride is not supported");
        conv("--groups=0").failsWith("non-positive groups is not supported");
        conv("--padding=6", "--padding-mode=reflect")
                .failsWith("Padding size should be less than the corresponding input dimension");
        conv("--padding=2147483647").failsWith("lanewise: ");
        conv("--bias", x).failsWith(
                "expected bias to be 1-dimensional with 4 elements, but got bias of size [1, 3, 4, 5] instead");
        Npy.write(w, Tensor.zeros(DType.FLOAT64, 4, 3, 3, 3));
        conv().failsWith("expected scalar type Float but found Double");
    }

    @Test
    void options() {
        conv("--padding=lots").failsWith("Invalid padding string: 'lots'");
        conv("--padding=1,").failsWith("--padding=1,: '' is not an integer");
        conv("--stride=1.5").failsWith("--stride=1.5: '1.5' is not an integer");
        conv("--dilation=99999999999").failsWith("--dilation=99999999999");
        conv("--padding-mode=mirror").failsWith("padding_mode must be one of");
        conv("--groups=two").failsWith("'two' is not an int");
        conv("--threads=0").failsWith("expected at least 1 thread, but got 0");
        conv("--provider=gpu").failsWith("unknown provider 'gpu'");
        conv("--nonsense").failsWith("'--nonsense'");
        CommandLineRun.of("conv", "--input", x).failsWith("'--weight=w.npy', '--output=y.npy'");
    }

    @Test
    void anOutputThatCannotBeWritten() {
        CommandLineRun.of("conv", "--input", x, "--weight", w, "--output", folder).failsWith("is a folder");
        CommandLineRun.of("conv", "--input", x, "--weight", w, "--output", folder.resolve("none/y.npy"))
                .failsWith("there is no such folder");
        CommandLineRun.of("conv", "--input", x, "--weight", w, "--output", x.resolve("y.npy"))
                .failsWith("there is no such folder");
        CommandLineRun.of("conv", "--input", x, "--weight", w, "--output", "").failsWith("'': is a folder");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsFull() {
        CommandLineRun.of("conv", "--input", x, "--weight", w, "--output", "/dev/full")
                .failsWith("/dev/full: cannot be written: No space left on device");
        CommandLineRun.of("conv", "--input", x, "--weight", w, "--output", "/proc/y.npy")
                .failsWith("lanewise: /proc/y.npy: cannot be written");
    }

    /** More than any heap here: the sizes are legal, so it fails where y is allocated. */
    @Test
    void moreOutputThanMemory() throws IOException {
        Npy.write(x, Tensor.zeros(DType.FLOAT64, 1, 1, 1, 1));
        Npy.write(w, Tensor.zeros(DType.FLOAT64, 1, 1, 1, 1));

        conv("--padding=23169,23169", "--provider=reference").failsWith("not enough memory");
    }
}
