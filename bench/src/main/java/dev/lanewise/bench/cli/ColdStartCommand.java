package dev.lanewise.bench.cli;

import dev.lanewise.bench.coldstart.ColdMode;
import dev.lanewise.bench.coldstart.ColdStart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise bench coldstart}. */
@Command(name = "coldstart", description = "Measure what fresh JVMs have computed how long after their first call.", sortOptions = false)
public final class ColdStartCommand implements Callable<Integer> {
    @Option(names = "--jvms", paramLabel = "N", defaultValue = "11", description = "how many JVMs of each mode; default 11")
    private int jvms = 11;

    @Option(names = "--problem", split = ";", paramLabel = "PROBLEM", defaultValue = "sgemm:256;conv:1,64,56,56,64,3,1,1,1,1", description = "sgemm:N, conv:N,Cin,H,W,Cout,k,stride,pad,dilation,groups or network:NAME, its convolutions one after the other")
    private List<String> problems = List.of();

    @Option(names = "--modes", split = ",", paramLabel = "MODE", defaultValue = "auto,plain,vector", description = "two or more of auto, plain, scalar, vector, off, reference, auto_aot, plain_aot, vector_aot; ratios are to the second")
    private List<ColdMode> modes = List.of();

    @Option(names = "--millis", paramLabel = "MS", defaultValue = "2500", description = "how long each runs; default 2500")
    private int millis = 2500;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jvms < 1 || millis < 1000) {
            throw new IllegalArgumentException(
                    "--jvms=" + jvms + " --millis=" + millis + ": expected at least 1 and 1000");
        }
        if (modes.size() < 2) {
            throw new IllegalArgumentException("--modes=" + modes + ": expected two or more");
        }
        List<ColdStart> starts = new ArrayList<>(); // all of them first, lest the last one is refused after minutes
        for (String problem : problems) {
            starts.add(new ColdStart(problem, modes, jvms, millis));
        }
        for (ColdStart start : starts) {
            start.measure(Console.out(spec));
        }
        return ExitCode.OK;
    }
}
