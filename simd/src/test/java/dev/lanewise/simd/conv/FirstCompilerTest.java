package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.simd.environment.VectorEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C1, the JVM's first compiler, can compile the largest kernels. What is too large for it ("out of virtual registers") may never get
 * as far as C2, and stay at a hundredth of its speed.
 */
class FirstCompilerTest {
    /** Far more than it takes until C1 compiles a kernel, with its thresholds lowered. */
    private static final int CALLS = 300;
    private static final int WIDTH = 2 * 64;

    private static final Pattern LARGEST = Pattern.compile(
            "FloatDepthwiseKernels::taps|FloatTransposeKernels::square|FloatPackingKernels::(add|start)6");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void compilesTheLargestKernels() throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-modules") || option.matches("-XX:.*(AVX|VectorSize).*"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=3", "-XX:-BackgroundCompilation",
                "-XX:CompileThresholdScaling=0.1", "-XX:+PrintCompilation",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FirstCompilerTest.class.getName()));
        int exitCode = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start()
                .waitFor();
        List<String> lines = Files.readAllLines(log);
        assertEquals(0, exitCode, () -> String.join("\n", lines));
        int[] compiled = {0};
        for (String line : lines) {
            if (LARGEST.matcher(line).find()) {
                assertTrue(!line.contains("COMPILE SKIPPED"), line);
                compiled[0]++;
            }
        }
        int expected = kernels().size() + 3;
        assertTrue(compiled[0] >= expected, () -> compiled[0] + " of " + expected);
    }

    /** Calls each kernel that this width and number of registers uses. */
    public static void main(String[] args) {
        float[] weights = new float[6 * 9];
        float[] x = new float[16 * WIDTH];
        float[] y = new float[16 * WIDTH];
        float[] spread = new float[49 * VectorEnvironment.FLOAT_SPECIES.length()];
        long[] masks = new long[4 * 14];
        Arrays.fill(masks, FloatDepthwiseKernels.ALL & ~1);
        for (int i = 0; i < CALLS; i++) {
            FloatTransposeKernels.transpose(x, 0, WIDTH, y, 0, WIDTH);
        }
        int[] offsets = new int[9];
        for (int i = 0; i < CALLS; i++) {
            FloatPackingKernels.add(6, offsets, 9, weights, 0, x, 0, x, 0, y, 0, WIDTH);
            FloatPackingKernels.start(6, offsets, 9, weights, 0, x, 0, x, 0, weights, 0, y, 0, WIDTH);
        }
        for (int kernel : kernels()) {
            for (int i = 0; i < CALLS; i++) {
                FloatDepthwiseKernels.run(kernel, weights, weights, 0, 1, x, WIDTH, 0, WIDTH, 1, 0, 10, x, spread, y, 0,
                        0, WIDTH, 2, VectorEnvironment.FLOAT_SPECIES.length(), masks, 1);
            }
        }
    }

    private static Set<Integer> kernels() {
        Set<Integer> kernels = new LinkedHashSet<>();
        for (int size : new int[] {3, 5, 7}) {
            for (int stride : new int[] {1, 2}) {
                for (int dilation = 1; dilation <= (stride == 1 ? 2 : 1); dilation++) {
                    TapLoads loads = FloatDepthwiseKernels.loads(size, stride, dilation).kind;
                    for (int strips = 1; strips <= FloatDepthwiseKernels.strips(size); strips++) {
                        kernels.add(FloatDepthwiseKernels.kernel(size, stride, strips, loads, false));
                        kernels.add(FloatDepthwiseKernels.kernel(size, stride, strips, loads, true));
                    }
                }
            }
        }
        return kernels;
    }
}
