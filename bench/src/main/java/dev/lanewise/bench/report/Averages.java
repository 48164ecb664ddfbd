package dev.lanewise.bench.report;

import dev.lanewise.bench.paired.Statistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Geometric means over rows. */
public final class Averages {
    private Averages() {
    }

    /** The mean ratio to the fastest peer of each row; NaN without peers. */
    public static double geomeanVsBest(List<Row> rows) {
        return Statistics.geomean(vsBest(rows));
    }

    /** The worst ratio to the fastest peer; NaN without peers. */
    public static double minVsBest(List<Row> rows) {
        return java.util.Arrays.stream(vsBest(rows)).min().orElse(Double.NaN);
    }

    /** The mean ratio to the fastest peer by group, in the order in which groups appear. */
    public static Map<String, Double> geomeans(List<Row> rows) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (String group : groups(rows)) {
            means.put(group, geomeanVsBest(only(rows, row -> row.group().equals(group))));
        }
        return means;
    }

    /** The mean ratio to one peer, over the rows that have it. */
    public static double geomean(List<Row> rows, String peer) {
        return Statistics.geomean(rows.stream().flatMap(row -> row.peer(peer).stream())
                .mapToDouble(each -> each.ratio().median()).toArray());
    }

    /** The groups in the order in which they appear. */
    public static List<String> groups(List<Row> rows) {
        return rows.stream().map(Row::group).distinct().toList();
    }

    /** The peers in the order in which they appear. */
    public static List<String> peers(List<Row> rows) {
        return rows.stream().flatMap(row -> row.peers().stream()).map(Row.Peer::name).distinct().toList();
    }

    private static double[] vsBest(List<Row> rows) {
        return rows.stream().flatMap(row -> row.best().stream()).mapToDouble(peer -> peer.ratio().median()).toArray();
    }

    private static List<Row> only(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).toList();
    }
}
