import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the sources that the build generates: the micro-kernels, and the float64 twin of every class under {@code src/main/java-float}.
 *
 * <p>The float32 class is the source of truth and is compiled as it stands. Its twin is the same text with the words of
 * one type replaced by those of the other, so a class name has to contain {@code Float} or {@code F32}.
 *
 * <p>Run by the build with the folder to write to, from the module's folder:
 * {@code java src/generate/java/GenerateSources.java target/generated-sources/kernels}.
 */
class GenerateSources {
    private static final Path FLOAT_SOURCES = Path.of("src/main/java-float");

    /** A pattern and what stands in its place. */
    private record Substitution(Pattern pattern, String replacement) {
        static Substitution of(String regex, String replacement) {
            return new Substitution(Pattern.compile(regex), replacement);
        }
    }

    /** Applied from the first to the last; what comes first is the exception to what follows. */
    private static final List<Substitution> FLOAT_TO_DOUBLE = List.of(
            // the bits of a value
            Substitution.of("floatTo(Raw)?IntBits", "doubleTo$1LongBits"),
            Substitution.of("intBitsToFloat", "longBitsToDouble"),
            // names with a size in them
            Substitution.of("([Ff]loat|FLOAT|\\b[fF])32", "$164"),
            // literals: 0x1p-24f; 1.5f, .5f, 1e-3f; 1f, which gets a fraction (0xff is no float)
            Substitution.of("(?<![\\w.])(0[xX][\\p{XDigit}.]+[pP][+-]?\\d+)[fF]\\b", "$1"),
            Substitution.of("(?<![\\w.])((?:\\d+\\.\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)[fF]\\b", "$1"),
            Substitution.of("(?<![\\w.])(\\d+)[fF]\\b", "$1.0"),
            // everything else
            Substitution.of("(?<![A-Za-z])float(?!64)", "double"),
            Substitution.of("Float(?!64)", "Double"),
            Substitution.of("FLOAT(?!64)", "DOUBLE"));

    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[0]);
        Set<Path> written = new TreeSet<>();
        for (Path source : javaFiles(FLOAT_SOURCES)) {
            Path relative = FLOAT_SOURCES.relativize(source);
            Path target = output.resolve(toDouble(relative.toString()));
            if (target.equals(output.resolve(relative))) {
                throw new IllegalStateException(source + ": its twin would have the same name");
            }
            String header = "// Generated from " + relative.getFileName() + ": change that file instead.\n";
            write(output, toDouble(relative.toString()), header + toDouble(Files.readString(source)), written);
        }
        for (MicroKernels kernels : MicroKernels.values()) {
            twins(output, kernels.file(), kernels.text(), written);
        }
        twins(output, DirectKernels.FILE, DirectKernels.text(), written);
        for (PackedKernels kernels : PackedKernels.values()) {
            twins(output, kernels.file(), kernels.text(), written);
        }
        for (ChannelKernels kernels : ChannelKernels.values()) {
            twins(output, kernels.file(), kernels.text(), written);
        }
        twins(output, DepthwiseKernels.FILE, DepthwiseKernels.text(), written);
        twins(output, NhwcDirectKernels.FILE, NhwcDirectKernels.text(), written);
        twins(output, TailKernels.FILE, TailKernels.text(), written);
        twins(output, TransposeKernels.FILE, TransposeKernels.text(), written);
        for (Path file : javaFiles(output)) {
            if (!written.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private static void twins(Path output, String relative, String text, Set<Path> written) throws IOException {
        write(output, relative, text, written);
        write(output, toDouble(relative), toDouble(text), written);
    }

    private static void write(Path output, String relative, String text, Set<Path> written) throws IOException {
        Path file = output.resolve(relative);
        writeIfChanged(file, text);
        written.add(file);
    }

    private static String toDouble(String text) {
        for (Substitution substitution : FLOAT_TO_DOUBLE) {
            text = substitution.pattern.matcher(text).replaceAll(substitution.replacement);
        }
        return text;
    }

    /** Leaves a file that already has this text alone, because the compiler goes by its time. */
    private static void writeIfChanged(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }
}
