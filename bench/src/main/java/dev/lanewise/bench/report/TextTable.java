package dev.lanewise.bench.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Rows as they come, for a terminal. */
public final class TextTable {
    private static final String NAME = "%-32s";
    private final PrintWriter out;
    private final List<String> peers;
    private boolean begun;

    /**
     * An empty table.
     *
     * @param peers the columns' names
     */
    public TextTable(PrintWriter out, List<String> peers) {
        this.out = out;
        this.peers = peers;
    }

    private void head() {
        StringBuilder head = new StringBuilder(String.format(NAME + " %8s %6s", "", "GFLOP/s", "peak"));
        peers.forEach(peer -> head.append(String.format(" %14s", peer)));
        line(head);
        begun = true;
    }

    /** Prints a row: Lanewise's speed, its share of the peak, and how many times as fast as each peer it is. */
    public void row(Row row) {
        if (!begun) {
            head();
        }
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, NAME + " %8.1f %5.1f%%", row.name(), row.gflops(),
                        100 * row.fractionOfPeak().median()));
        for (String peer : peers) {
            line.append(row.peer(peer).map(each -> String.format(Locale.ROOT, " %7.2f ±%4.1f%%", each.ratio().median(),
                    100 * each.ratio().spread())).orElse(String.format(" %14s", "-")));
        }
        line(line.append("  ").append(row.algorithm()));
    }

    /** Prints the means. */
    public void means(List<Row> rows) {
        if (peers.isEmpty()) {
            return;
        }
        for (String group : Averages.groups(rows)) {
            mean(group, rows.stream().filter(row -> row.group().equals(group)).toList());
        }
        mean("all", rows);
    }

    private void mean(String name, List<Row> rows) {
        StringBuilder line = new StringBuilder(String.format(NAME + " %15s", "geometric mean, " + name, ""));
        peers.forEach(
                peer -> line.append(rows.stream().anyMatch(row -> row.peer(peer).isPresent())
                        ? String.format(Locale.ROOT, " %7.2f       ", Averages.geomean(rows, peer))
                        : String.format(" %14s", "-")));
        line(line.append(String.format(Locale.ROOT, "  to the fastest %.2f, at worst %.2f",
                Averages.geomeanVsBest(rows), Averages.minVsBest(rows))));
    }

    private void line(CharSequence line) {
        out.println(line);
        out.flush();
    }
}
