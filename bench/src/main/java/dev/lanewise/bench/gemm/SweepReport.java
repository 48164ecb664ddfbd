package dev.lanewise.bench.gemm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lanewise.bench.gemm.GemmSweep.Curve;
import dev.lanewise.bench.report.ReportFolder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.None;

/** What a {@link GemmSweep} measured: a line of text per axis, {@code sweep.json}, and a chart. */
public final class SweepReport {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final int WIDTH = 900;
    private static final int HEIGHT = 360;

    private SweepReport() {
    }

    /** A line of text. */
    public static String line(Curve curve) {
        return String.format(Locale.ROOT,
                "%s from 1 to %d, the others 256: at least %.2f of the neighbours' median, %s",
                axis(curve), curve.sizes().getLast(), curve.worst(),
                curve.dips().isEmpty() ? "no dips" : "dips at " + curve.dips());
    }

    /** {@code sweep.json} and {@code sweep.svg}. */
    public static void write(ReportFolder folder, String title, List<Curve> curves) throws IOException {
        folder.text("sweep.json", GSON.toJson(curves) + "\n");
        folder.chart("sweep", chart(title, curves));
    }

    private static XYChart chart(String title, List<Curve> curves) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title)
                .xAxisTitle("size of the axis, the other two 256").yAxisTitle("share of the FMA peak").build();
        chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.5f));
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        for (Curve curve : curves) {
            chart.addSeries(axis(curve), curve.sizes(), curve.shares()).setMarker(new None()).setLineWidth(1);
        }
        return chart;
    }

    private static String axis(Curve curve) {
        return curve.axis().name().toLowerCase(Locale.ROOT);
    }
}
