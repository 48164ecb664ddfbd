package dev.lanewise.bench.report;

import java.util.List;
import java.util.Locale;

/** {@code summary.md}: the rows as a table, with everything that one needs to judge them. */
public final class MarkdownReport {
    private MarkdownReport() {
    }

    /** The file's content. */
    public static String write(Summary summary) {
        List<String> peers = Averages.peers(summary.rows());
        StringBuilder out = new StringBuilder();
        Machine machine = summary.machine();
        line(out, "# Suite %s, %d thread%s", summary.suite(), summary.threads(), summary.threads() == 1 ? "" : "s");
        line(out, "");
        line(out, "- %s, %d logical processors, %s", machine.cpu(), machine.logicalProcessors(), machine.os());
        line(out, "- %s, options `%s`", machine.jdk(), machine.flags());
        line(out, "- %s", machine.vectors());
        line(out, "- %s, %d rounds, FMA peak %.1f GFLOP/s", machine.date(), summary.rounds(), summary.peakGflops());
        summary.peers().forEach(peer -> line(out, "- %s", peer));
        line(out, "");
        line(out,
                "A ratio above 1 means that Lanewise is faster. It is the median of the rounds' ratios, ± half the distance of their quartiles.");
        line(out, "");
        line(out, "| problem | group | GFLOP/s | of the peak |%s fastest | algorithm |", columns(peers, " %s |"));
        line(out, "| --- | --- | ---: | ---: |%s --- | --- |", columns(peers, " ---: |"));
        summary.rows().forEach(row -> out.append(row(row, peers)).append('\n'));
        if (!peers.isEmpty()) {
            line(out, "");
            line(out, "| geometric mean | to the fastest |%s", columns(peers, " %s |"));
            line(out, "| --- | ---: |%s", columns(peers, " ---: |"));
            for (String group : Averages.groups(summary.rows())) {
                out.append(
                        mean(group, summary.rows().stream().filter(row -> row.group().equals(group)).toList(), peers));
            }
            out.append(mean("all", summary.rows(), peers));
        }
        return out.toString();
    }

    private static String row(Row row, List<String> peers) {
        StringBuilder cells = new StringBuilder(String.format(Locale.ROOT, "| %s | %s | %.1f | %.0f %% |", row.name(),
                row.group(), row.gflops(), 100 * row.fractionOfPeak().median()));
        for (String peer : peers) {
            cells.append(row.peer(peer).map(each -> String.format(Locale.ROOT, " %.2f ± %.1f %% |",
                    each.ratio().median(), 100 * each.ratio().spread())).orElse(" |"));
        }
        return cells.append(' ').append(row.best().map(Row.Peer::name).orElse("")).append(" | ").append(row.algorithm())
                .append(" |").toString();
    }

    private static String mean(String name, List<Row> rows, List<String> peers) {
        StringBuilder cells = new StringBuilder(
                String.format(Locale.ROOT, "| %s | %.2f |", name, Averages.geomeanVsBest(rows)));
        peers.forEach(peer -> cells.append(String.format(Locale.ROOT, " %.2f |", Averages.geomean(rows, peer))));
        return cells.append('\n').toString();
    }

    private static String columns(List<String> peers, String cell) {
        StringBuilder cells = new StringBuilder();
        peers.forEach(peer -> cells.append(String.format(cell, peer)));
        return cells.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
