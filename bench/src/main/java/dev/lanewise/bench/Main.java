package dev.lanewise.bench;

import dev.lanewise.bench.cli.BenchCommand;
import dev.lanewise.bench.cli.ConvCommand;
import dev.lanewise.bench.cli.DemoCommand;
import dev.lanewise.bench.cli.InfoCommand;
import dev.lanewise.bench.cli.LectureCommand;
import dev.lanewise.bench.cli.Logging;
import dev.lanewise.bench.cli.StressCommand;
import dev.lanewise.bench.cli.VerifyCommand;
import dev.lanewise.bench.io.Failure;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line.
 *
 * <p>Exit codes: 0 done; 1 a comparison failed; 2 bad usage or bad input, with one line on stderr.
 */
@Command(name = "lanewise", description = "PyTorch's conv2d in pure Java: exact, grouped and fast.", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Main.Version.class, synopsisSubcommandLabel = "COMMAND", sortOptions = false, subcommands = {
    DemoCommand.class, ConvCommand.class, VerifyCommand.class, StressCommand.class, BenchCommand.class,
    LectureCommand.class,
    InfoCommand.class})
public final class Main {
    private static final int BAD_INPUT = CommandLine.ExitCode.USAGE;
    private static final String DEBUG = "--debug";

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "show the stack trace of an error")
    private boolean debug;

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String... args) {
        System.setProperty("java.awt.headless", "true");
        Logging.toStderr();
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Runs a command and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        Failures failures = new Failures(err, () -> main.debug || Arrays.asList(args).contains(DEBUG)); // parsing may not get to it
        CommandLine commandLine = new CommandLine(main).setOut(out).setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> failures.report(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failures.report(e));
        try {
            return commandLine.execute(args);
        } catch (Error e) { // memory for one; picocli hands on exceptions only
            return failures.report(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private record Failures(PrintWriter err, BooleanSupplier debug) {
        int report(Throwable failure) {
            err.println("lanewise: " + Failure.describe(failure));
            if (debug.getAsBoolean()) {
                failure.printStackTrace(err);
            }
            return BAD_INPUT;
        }
    }

    /** The version that the JAR's manifest tells. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"lanewise " + (version == null ? "(not from a JAR)" : version)};
        }
    }
}
