package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.CommandLineRun;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSoundProviderHoldsAndTheCoverageIsShown() {
        String out = CommandLineRun.of("verify", "--tries", 60, "--seed", 7).succeeds().out();

        assertTrue(out.startsWith("verifying simd in float32 and float64, 60 tries, seed 7\n"), out);
        assertTrue(out.contains("every property holds: "), out);
        for (String trait : List.of("float32", "float64", "grouped", "depthwise", "strided", "dilated", "padded",
                "more than one block of taps", "non-contiguous x, weight or y", "without a batch axis")) {
            assertTrue(count(out, trait) > 0, trait + " in " + out);
        }
    }

    @Test
    void theSeedDecidesWhatIsTried() {
        String first = coverage(CommandLineRun.of("verify", "--tries", 8, "--seed", 1, "--provider", "reference"));

        assertEquals(first, coverage(
                CommandLineRun.of("verify", "--tries", 8, "--seed", 1, "--provider", "reference")));
        assertFalse(first.equals(coverage(
                CommandLineRun.of("verify", "--tries", 8, "--seed", 2, "--provider", "reference"))));
    }

    @Test
    void everyAlgorithmInTurn() {
        String out = CommandLineRun.of("verify", "--tries", 4, "--type", "float32", "--algorithm", "all").succeeds()
                .out();

        assertTrue(out.startsWith("verifying simd in float32, 4 tries"), out);
        for (String algorithm : Conv2dProviders.byName("simd").algorithms()) {
            assertTrue(out.contains("verifying simd " + algorithm + " in float32, 4 tries"), algorithm + " in " + out);
        }
    }

    @Test
    void plansForNhwc() {
        String out = CommandLineRun.of("verify", "--tries", 8, "--type", "float32", "--layout", "nhwc").succeeds()
                .out();

        assertTrue(out.startsWith("verifying simd, NHWC in float32, 8 tries"), out);
        CommandLineRun.of("verify", "--layout", "chwn").failsWith("unknown layout 'chwn', expected nchw or nhwc");
    }

    @Test
    void nativeLibrariesAreNotOnThisClassPath() {
        CommandLineRun.of("verify", "--against", "pytorch").failsWith("no native library is on the class path");
        CommandLineRun.of("verify", "--against", "pytorch", "--algorithm", "DIRECT")
                .failsWith("goes with neither --provider nor --algorithm");
    }

    @Test
    void oneTypeAlone() {
        String out = CommandLineRun.of("verify", "--tries", 8, "--type", "float64", "--algorithm", "DEPTHWISE")
                .succeeds().out();

        assertEquals(0, count(out, "float32"));
        assertTrue(count(out, "float64") > 0, out);
    }

    @Test
    void aBrokenProviderFailsWithACommandThatShowsIt() throws IOException {
        Path files = folder.resolve("counter example");
        CommandLineRun run = CommandLineRun.of("verify", "--provider", "biasless", "--tries", 200, "--seed", 3, "--out",
                files);

        assertEquals(1, run.exitCode(), run.err());
        assertEquals("lanewise: the property agreesWithTheReference does not hold\n", run.err());
        assertTrue(run.out().contains("seed 3"), run.out());
        CommandLineRun shown = CommandLineRun.of(command(run.out(), "conv"));
        assertEquals(1, shown.exitCode(), shown.err());
        assertTrue(shown.err().contains("differ, the first at ["), shown.err());
        Tensor y = Npy.read(files.resolve("y.npy"));
        Tensor expected = Npy.read(files.resolve("expected.npy"));
        assertEquals(Arrays.toString(expected.shape()), Arrays.toString(y.shape()));
        assertTrue(Npy.read(files.resolve("bias.npy")).numel() <= 2, "shrunk");
        Object[] right = Arrays.stream(command(run.out(), "conv"))
                .map(word -> word.equals("--provider=biasless") ? "--provider=reference" : word).toArray();
        CommandLineRun.of(right).succeeds();
    }

    @Test
    void theCaseCanBeReplayed() {
        CommandLineRun run = CommandLineRun.of("verify", "--provider", "biasless", "--tries", 200, "--out", folder);

        Object[] replay = command(run.out(), "verify");
        CommandLineRun again = CommandLineRun.of(add(replay, "--out", folder));
        assertEquals(1, again.exitCode());
        assertTrue(again.out().startsWith("verifying biasless in float32, one case\n"), again.out());
        assertEquals(List.of(replay), List.of(command(again.out(), "verify")));
    }

    /** What goes wrong in a second run only, no single run can show. */
    @Test
    void noCommandThatWouldNotShowIt() {
        CommandLineRun run = CommandLineRun.of("verify", "--provider", "forgetful", "--tries", 200, "--out", folder);

        assertEquals(1, run.exitCode());
        assertEquals("lanewise: the property aRunLeavesNothingBehind does not hold\n", run.err());
        assertFalse(run.out().contains("./lanewise conv"), run.out());
        assertTrue(run.out().contains("./lanewise verify --provider=forgetful --case 'dtype=float32 "), run.out());
        assertTrue(Files.exists(folder.resolve("x.npy")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --tries,     0,        --tries=0: expected at least 1
            --tries,     many,     many
            --seed,      x,        --seed
            --type,      int8,     --type=int8: expected float32 or float64
            --provider,  nosuch,   unknown provider 'nosuch'
            --algorithm, NOSUCH,   has no algorithm 'NOSUCH'
            --case,      dtype=x,  there is no
            --nosuch,    1,        --nosuch
            """)
    void badUsage(String option, String value, String message) {
        CommandLineRun.of("verify", option, value).failsWith(message);
    }

    @Test
    void aTypeThatTheProviderDoesNotHave() {
        CommandLineRun.of("verify", "--provider", "biasless", "--type", "float64")
                .failsWith("the provider 'biasless' does not compute in float64");
    }

    private static int count(String out, String trait) {
        Matcher line = Pattern.compile("^" + trait + " +([\\d,]+) ", Pattern.MULTILINE).matcher(out);
        assertTrue(line.find(), trait + " in " + out);
        return Integer.parseInt(line.group(1).replace(",", ""));
    }

    private static String coverage(CommandLineRun run) {
        String out = run.succeeds().out();
        return out.substring(out.indexOf("coverage"));
    }

    private static Object[] add(Object[] words, Object... more) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray();
    }

    /** The words of a command in the output, as a shell would read them. */
    private static Object[] command(String out, String name) {
        Matcher line = Pattern.compile("^\\./lanewise (" + name + " .*)$", Pattern.MULTILINE).matcher(out);
        assertTrue(line.find(), out);
        return Pattern.compile("'([^']*)'|\\S+").matcher(line.group(1)).results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1)).toArray();
    }
}
