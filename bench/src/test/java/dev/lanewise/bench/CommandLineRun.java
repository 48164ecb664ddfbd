package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of the command line in this JVM.
 *
 * @param exitCode what the process would end with
 * @param out what it printed to stdout
 * @param err what it printed to stderr
 */
public record CommandLineRun(int exitCode, String out, String err) {

    public static CommandLineRun of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] strings = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), strings);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** Asserts that it did its work and had nothing to complain about. */
    public CommandLineRun succeeds() {
        assertEquals(0, exitCode, err);
        assertEquals("", err);
        return this;
    }

    /** Asserts that it refused with one line on stderr that contains a text, and nothing on stdout. */
    public void failsWith(String text) {
        assertEquals(2, exitCode, out + err);
        assertEquals("", out);
        assertTrue(err.startsWith("lanewise: "), err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains(text), err);
    }
}
