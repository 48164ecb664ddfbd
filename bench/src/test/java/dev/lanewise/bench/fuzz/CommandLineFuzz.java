package dev.lanewise.bench.fuzz;

import dev.lanewise.bench.Main;
import dev.lanewise.bench.cli.ConvCommand;
import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of the command line, one a line, and the small languages in them. They are parsed and not carried out: what a command does
 * is bounded by what its arguments ask for, and not by their length.
 */
public final class CommandLineFuzz {
    private static final Tensor WEIGHT = Tensor.zeros(DType.FLOAT32, 8, 2, 3, 5);

    /** Without the expansion of {@code @file}, which reads what it names. */
    private static final CommandLine COMMAND_LINE = new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
    /** All options are set to what they are by default first. */
    private static final long OPTIONS = 4 << 20;

    private CommandLineFuzz() {
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        AllocationBound.check(OPTIONS, input.length, () -> {
            arguments(text);
            refusedOr(() -> Layer.parse(text).shape());
            refusedOr(() -> Conv2dCase.parse(text).shape());
        });
    }

    private static void arguments(String text) {
        try {
            ParseResult parsed = COMMAND_LINE.parseArgs(text.split("\n", -1));
            for (ParseResult command = parsed; command.hasSubcommand();) {
                command = command.subcommand();
                check(command);
            }
        } catch (ParameterException refused) {
            return;
        }
    }

    private static void check(ParseResult command) {
        if (command.commandSpec().userObject() instanceof ConvCommand conv) {
            refusedOr(() -> Conv2dShape.of(DType.FLOAT32, new int[] {2, 8, 33, 31}, WEIGHT, null, conv.convolution()));
        }
    }

    private static void refusedOr(Runnable parser) {
        try {
            parser.run();
        } catch (IllegalArgumentException refused) {
            return;
        }
    }
}
