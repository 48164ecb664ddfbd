package dev.lanewise.bench.coldstart;

import dev.lanewise.bench.paired.Statistics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One problem in fresh JVMs, mode by mode: medians, and the ratio of each mode's work to that of the second mode in the same round. */
public final class ColdStart {
    private static final int[] MARKS = {250, 500, 1000};

    private final String problem;
    private final List<ColdMode> modes;
    private final int jvms;
    private final int millis;

    /**
     * To be measured.
     *
     * @param problem {@code sgemm:N}, {@code conv:LAYER} or {@code network:NAME}
     * @param modes at least two; the ratios are to the second
     * @param jvms how many JVMs each mode has
     * @param millis how long each runs
     * @throws IllegalArgumentException if there is no such problem
     */
    public ColdStart(String problem, List<ColdMode> modes, int jvms, int millis) throws IOException {
        ColdProgram.check(problem);
        this.problem = problem;
        this.modes = modes;
        this.jvms = jvms;
        this.millis = millis;
    }

    /** Measures, and prints a table. */
    public void measure(PrintWriter out) throws IOException, InterruptedException {
        Map<ColdMode, List<ColdRun>> runs;
        try (ColdRuns fresh = new ColdRuns(problem, millis)) {
            runs = fresh.run(modes, jvms);
        }
        out.printf("%s, %d JVMs of each mode%n", problem, jvms);
        ColdMode base = modes.get(1);
        out.printf("GFLOP done after 0.25, 0.5 and 1 s (ratio to %s in the same round: median, least)%n", name(base));
        List<ColdRun> based = runs.getOrDefault(base, List.of());
        ColdMode fastest = modes.contains(ColdMode.VECTOR) ? ColdMode.VECTOR : modes.getFirst();
        double steady = median(runs.getOrDefault(fastest, List.of()), ColdRun::lastSpeed);
        runs.forEach((mode, list) -> {
            StringBuilder line = new StringBuilder(String.format("%-11s", name(mode)));
            for (int mark : MARKS) {
                line.append(String.format(Locale.ROOT, " %8.2f", median(list, run -> run.workAt(mark))));
                line.append(ratio(list, based, mark));
            }
            line.append(String.format(Locale.ROOT, "  %8.1f GFLOP/s, steady after %s",
                    median(list, ColdRun::lastSpeed) * 1000 / ColdProgram.STEP, settled(list, steady)));
            out.println(line);
        });
        out.flush();
    }

    private static String name(ColdMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /** Median and least ratio to the base of the same round. */
    private static String ratio(List<ColdRun> list, List<ColdRun> base, int mark) {
        double[] ratios = new double[list.size()];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = list.get(i).workAt(mark) / base.get(i).workAt(mark);
            least = Math.min(least, ratios[i]);
        }
        return String.format(Locale.ROOT, " (%.2f, least %.2f)", Statistics.median(ratios), least);
    }

    private static String settled(List<ColdRun> list, double speed) {
        double median = median(list, run -> run.settled(speed));
        return !Double.isFinite(median) ? "-" : String.format(Locale.ROOT, "%.0f ms", median);
    }

    private static double median(List<ColdRun> list, ToDoubleFunction<ColdRun> value) {
        return Statistics.median(list.stream().mapToDouble(value).toArray());
    }
}
