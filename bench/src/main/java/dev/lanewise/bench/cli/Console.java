package dev.lanewise.bench.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command's results go. */
final class Console {
    private Console() {
    }

    /**
     * The command line's stdout.
     *
     * @param spec what picocli sets before it calls a command
     */
    static PrintWriter out(@Nullable CommandSpec spec) {
        return Objects.requireNonNull(spec, "spec").commandLine().getOut();
    }

    /** The command line's stderr. */
    static PrintWriter err(@Nullable CommandSpec spec) {
        return Objects.requireNonNull(spec, "spec").commandLine().getErr();
    }
}
