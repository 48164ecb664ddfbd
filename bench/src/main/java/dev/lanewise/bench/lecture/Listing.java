package dev.lanewise.bench.lecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The source of a section, shown statement by statement as it runs. */
final class Listing {
    /** Of nothing, before a section runs. */
    static final Listing NONE = new Listing(List.of(), new PrintWriter(PrintWriter.nullWriter()));
    private static final String METHOD = "    void run() {";
    private static final int INDENT = 8;

    private final List<String> source;
    private final PrintWriter out;
    /** The index of the first line that was not shown yet. */
    private int next;

    Listing(Class<?> section, PrintWriter out) {
        this(read(section), out);
        next = source.indexOf(METHOD) + 1;
    }

    private Listing(List<String> source, PrintWriter out) {
        this.source = source;
        this.out = out;
    }

    private static List<String> read(Class<?> section) {
        String name = section.getSimpleName() + ".java";
        try (InputStream in = section.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the source " + name + " was not packed with the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Shows the lines from the last statement shown to the end of this one, and its result.
     *
     * @param line where the statement begins, counted from 1
     */
    void show(int line, String result) {
        int end = line;
        while (!source.get(end - 1).endsWith(";") && !source.get(end - 1).contains("; //")) {
            end++;
        }
        for (; next < end; next++) {
            out.println(source.get(next).isBlank() ? "" : source.get(next).substring(INDENT));
        }
        result.lines().forEach(text -> out.println(text.isEmpty() ? "//" : "//  " + text));
    }
}
