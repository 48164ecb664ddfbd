package dev.lanewise.bench.cli;

import dev.lanewise.bench.report.Machine;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lanewise info}. */
@Command(name = "info", description = "Show the JDK, the processor, and which provider computes and why.")
public final class InfoCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Conv2dProvider chosen = Conv2dProviders.chosen(); // first: what cannot be had is an error, with nothing printed
        PrintWriter out = Console.out(spec);
        line(out, "JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", "
                + System.getProperty("java.vm.vendor"));
        line(out, "OS", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"));
        line(out, "CPU",
                Machine.processor() + ", " + Runtime.getRuntime().availableProcessors() + " logical processors");
        line(out, "heap", "up to " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        line(out, "provider", chosen.describe());
        line(out, "algorithms", String.join(", ", chosen.algorithms()));
        line(out, "report", Conv2dProviders.describe());
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-11s %s%n", name, value);
    }
}
