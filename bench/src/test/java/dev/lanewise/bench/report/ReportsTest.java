package dev.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.bench.paired.Rounds.Ratio;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final Machine MACHINE = new Machine("a processor", 2, "Linux amd64", "a JVM", "-flag", "512 bits",
            "2025-01-01T00:00:00Z");
    private static final Row DENSE = new Row("1,64", "dense", 2e8, 1e6, 104.2, 131.2, new Ratio(0.79, 0.01), "DIRECT",
            List.of(new Row.Peer("onednn", true, 80.1, new Ratio(1.3, 0.03), "jit", 1),
                    new Row.Peer("onednn-own", false, 110, new Ratio(0.95, 0.02), "jit", 1),
                    new Row.Peer("pytorch", true, 94, new Ratio(1.1, 0.06), "conv2d", 1)),
            0.01);
    private static final Row GROUPED = new Row("1,128", "grouped", 2e7, 1e6, 60, 129.2, new Ratio(0.46, 0.01), "DIRECT",
            List.of(new Row.Peer("onednn", true, 15, new Ratio(4, 0.03), "jit", 1)), Double.NaN);

    private static Summary summary(Row... rows) {
        return new Summary("conv", 1, 15, MACHINE, 2e10, List.of("onednn: oneDNN 3"), List.of(rows));
    }

    @Test
    void jsonHasTheFormThatScriptsRelyOn() {
        JsonObject json = JsonParser.parseString(JsonReport.write(summary(DENSE, GROUPED))).getAsJsonObject();
        assertEquals("conv", json.get("suite").getAsString());
        assertEquals(1, json.get("threads").getAsInt());
        assertEquals(15, json.get("rounds").getAsInt());
        assertEquals("a processor", json.getAsJsonObject("machine").get("cpu").getAsString());
        assertEquals(130.2, json.get("peakGflops").getAsDouble(), 1e-9);
        assertEquals(Math.sqrt(4.4), json.get("geomeanVsBest").getAsDouble(), 1e-4); // onednn-own does less, and does not count
        assertEquals(1.1, json.get("minVsBest").getAsDouble());
        assertEquals(1.1, json.getAsJsonObject("geomeans").get("dense").getAsDouble());
        assertEquals(4, json.getAsJsonObject("geomeans").get("grouped").getAsDouble());
        JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
        assertEquals("1,64", row.get("name").getAsString());
        assertEquals(104.2, row.get("gflops").getAsDouble());
        assertEquals(0.79, row.get("fractionOfPeak").getAsDouble());
        assertEquals(1.1, row.get("vsBest").getAsDouble());
        assertEquals("pytorch", row.get("best").getAsString());
        assertEquals(Set.of("onednn", "onednn-own", "pytorch"), row.getAsJsonObject("ratio").keySet());
        assertEquals(1.3, row.getAsJsonObject("ratio").get("onednn").getAsDouble());
        assertEquals(0.06, row.get("spread").getAsDouble());
        assertEquals("DIRECT", row.get("algorithm").getAsString());
    }

    @Test
    void withoutPeersThereIsNothingToCompareWith() {
        Row alone = new Row("1,64", "dense", 2e8, 1e6, 104.2, 131.2, new Ratio(0.79, 0.01), "DIRECT", List.of(), 0);
        JsonObject json = JsonParser.parseString(JsonReport.write(summary(alone))).getAsJsonObject();
        assertTrue(json.get("geomeanVsBest").isJsonNull());
        JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
        assertTrue(row.get("best").isJsonNull());
        assertEquals(0.01, row.get("spread").getAsDouble()); // that of the share of the peak
        assertEquals(Set.of(), row.getAsJsonObject("ratio").keySet());
    }

    @Test
    void markdownTable() {
        String text = MarkdownReport.write(summary(DENSE, GROUPED));
        assertTrue(text.contains(
                "| problem | group | GFLOP/s | of the peak | onednn | onednn-own | pytorch | fastest | algorithm |"),
                text);
        assertTrue(text.contains(
                "| 1,64 | dense | 104.2 | 79 % | 1.30 ± 3.0 % | 0.95 ± 2.0 % | 1.10 ± 6.0 % | pytorch | DIRECT |"),
                text);
        assertTrue(text.contains("| 1,128 | grouped | 60.0 | 46 % | 4.00 ± 3.0 % | | | onednn | DIRECT |"), text);
        assertTrue(text.contains("a processor, 2 logical processors"), text);
        assertTrue(text.contains("| grouped | 4.00 | 4.00 |"), text);
    }

    @Test
    void theFolderHasAllFiles(@TempDir Path folder) throws IOException {
        new ReportFolder(folder.resolve("new")).write(summary(DENSE, GROUPED));
        for (String name : List.of("speeds", "ratios", "roofline")) {
            String svg = Files.readString(folder.resolve("new").resolve(name + ".svg"));
            assertTrue(svg.contains("<svg") && svg.stripTrailing().endsWith("</svg>"), name);
            BufferedImage png = ImageIO.read(folder.resolve("new").resolve(name + ".png").toFile());
            assertEquals(750, png.getHeight(), name);
        }
        assertEquals(8, Objects.requireNonNull(folder.resolve("new").toFile().list()).length);
    }
}
