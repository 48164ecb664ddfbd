package dev.lanewise.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.None;

/** A run's charts. */
final class Charts {
    private static final String OURS = "lanewise";
    private static final int WIDTH = 1500;
    private static final int HEIGHT = 750;
    private static final int ROOF_POINTS = 60;

    private Charts() {
    }

    /** Speeds as bars; the top of the axis is the peak. */
    static CategoryChart speeds(Summary summary) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title(summary))
                .yAxisTitle(String.format(Locale.ROOT, "GFLOP/s, up to the FMA peak of %.0f", summary.peakGflops()))
                .build();
        style(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.9).setYAxisMin(0.0).setYAxisMax(summary.peakGflops());
        List<String> names = names(summary.rows());
        chart.addSeries(OURS, names, values(summary.rows(), Row::gflops));
        for (String peer : Averages.peers(summary.rows())) {
            chart.addSeries(peer, names,
                    values(summary.rows(), row -> row.peer(peer).map(Row.Peer::gflops).orElse(0.0)));
        }
        return chart;
    }

    /** Ratios to each peer with their spreads; bars go up where Lanewise is faster, down where it is slower. */
    static CategoryChart ratios(Summary summary) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title(summary))
                .yAxisTitle("how many times as fast Lanewise is").build();
        style(chart.getStyler());
        // XChart draws error bars on linear axes only, so the logarithms are drawn
        chart.getStyler().setAvailableSpaceFill(0.9)
                .setyAxisTickLabelsFormattingFunction(log -> String.format(Locale.ROOT, "%.2f", Math.pow(2, log)));
        List<String> names = names(summary.rows());
        for (String peer : Averages.peers(summary.rows())) {
            chart.addSeries(peer, names,
                    values(summary.rows(), row -> row.peer(peer).map(each -> log2(each.ratio().median())).orElse(0.0)),
                    values(summary.rows(),
                            row -> row.peer(peer).map(each -> log2(1 + each.ratio().spread())).orElse(0.0)));
        }
        return chart;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    /** Speed over operations per byte, under what memory and FMA units allow. */
    static XYChart roofline(Summary summary) {
        XYChart chart = new XYChartBuilder().width(HEIGHT * 4 / 3).height(HEIGHT).title(title(summary))
                .xAxisTitle("operations per byte of x, weight, bias and y").yAxisTitle("GFLOP/s").build();
        style(chart.getStyler());
        chart.getStyler().setXAxisLabelRotation(0).setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        addRoof(chart, summary);
        for (String group : Averages.groups(summary.rows())) {
            List<Row> rows = summary.rows().stream().filter(row -> row.group().equals(group)).toList();
            chart.addSeries(group, values(rows, Row::intensity), values(rows, Row::gflops));
        }
        return chart;
    }

    private static void addRoof(XYChart chart, Summary summary) {
        double least = summary.rows().stream().mapToDouble(Row::intensity).min().orElse(1) / 2;
        double most = summary.rows().stream().mapToDouble(Row::intensity).max().orElse(1) * 2;
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i <= ROOF_POINTS; i++) {
            double intensity = least * Math.pow(most / least, (double) i / ROOF_POINTS);
            x.add(intensity);
            y.add(Math.min(summary.peakGflops(), intensity * summary.bandwidth() * 1e-9));
        }
        String name = String.format(Locale.ROOT, "memory %.0f GB/s, FMA %.0f GFLOP/s", summary.bandwidth() * 1e-9,
                summary.peakGflops());
        XYSeries roof = chart.addSeries(name, x, y);
        roof.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        roof.setMarker(new None());
        roof.setLineColor(Color.BLACK);
    }

    private static String title(Summary summary) {
        return summary.suite() + ", " + summary.threads() + (summary.threads() == 1 ? " thread, " : " threads, ")
                + summary.machine().cpu();
    }

    private static void style(AxesChartStyler styler) {
        styler.setXAxisLabelRotation(60);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    }

    private static List<String> names(List<Row> rows) {
        return rows.stream().map(Row::name).toList();
    }

    private static List<Double> values(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).boxed().toList();
    }
}
