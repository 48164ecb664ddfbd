package dev.lanewise.bench.report;

import dev.lanewise.bench.paired.Statistics;
import java.util.List;

/**
 * All that a run of a suite found.
 *
 * @param suite the suite's name
 * @param threads of each contestant
 * @param rounds how often each contestant had its turn
 * @param machine where and when
 * @param bandwidth what the memory can do at most, in bytes a second; 0 if it was not measured
 * @param peers the peers with their versions and what is counted
 * @param rows a row per problem
 */
public record Summary(String suite, int threads, int rounds, Machine machine, double bandwidth, List<String> peers,
        List<Row> rows) {
    /** Copies the lists. */
    public Summary {
        peers = List.copyOf(peers);
        rows = List.copyOf(rows);
    }

    /** What the cores did at most: the median over the rows, in GFLOP/s. */
    public double peakGflops() {
        return Statistics.median(rows.stream().mapToDouble(Row::peakGflops).toArray());
    }
}
