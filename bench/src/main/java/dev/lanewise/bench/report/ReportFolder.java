package dev.lanewise.bench.report;

import dev.lanewise.bench.io.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** The folder that {@code bench --out} writes: {@code summary.json}, {@code summary.md}, and charts as SVG and PNG. */
public final class ReportFolder {
    private final Path folder;

    /**
     * Makes the folder if there is none.
     *
     * @throws IOException if that is not possible
     */
    public ReportFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Writes all files, replacing older ones. */
    public void write(Summary summary) throws IOException {
        text("summary.json", JsonReport.write(summary));
        text("summary.md", MarkdownReport.write(summary));
        chart("speeds", Charts.speeds(summary));
        if (!Averages.peers(summary.rows()).isEmpty()) {
            chart("ratios", Charts.ratios(summary));
        }
        if (summary.bandwidth() > 0) {
            chart("roofline", Charts.roofline(summary));
        }
    }

    /** Writes a file of text. */
    public void text(String name, String text) throws IOException {
        replace(name, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a chart as SVG and PNG. */
    public void chart(String name, Chart<?, ?> chart) throws IOException {
        replace(name + ".svg",
                stream -> VectorGraphicsEncoder.saveVectorGraphic(chart, stream, VectorGraphicsFormat.SVG));
        replace(name + ".png", stream -> BitmapEncoder.saveBitmap(chart, stream, BitmapFormat.PNG));
    }

    private void replace(String name, OutputFile.Content content) throws IOException {
        try (OutputFile file = OutputFile.open(folder.resolve(name))) {
            file.replace(content);
        }
    }
}
