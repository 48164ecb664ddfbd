package dev.lanewise.bench.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.gemm.GemmSweep.Axis;
import dev.lanewise.bench.gemm.GemmSweep.Curve;
import dev.lanewise.bench.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GemmSweepTest {
    @Test
    void neighboursAreEightOnEachSideWithoutTheSizeItself() {
        double[] values = new double[40];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 12 || i > 28 ? 100 : 1; // 12 to 28: the neighbours of 20, and itself
        }
        values[20] = 7;
        assertEquals(1, GemmSweep.aroundMedian(values, 20));
        assertEquals(100, GemmSweep.aroundMedian(values, 9));
        assertEquals(100, GemmSweep.aroundMedian(values, 31));
    }

    @Test
    void sizesChangeAlongTheAxis() {
        assertEquals("17x256x256", Axis.M.size(17).toString());
        assertEquals("256x17x256", Axis.N.size(17).toString());
        assertEquals("256x256x17", Axis.K.size(17).toString());
    }

    @Test
    void writesJsonAndCharts(@TempDir Path folder) throws IOException {
        List<Integer> sizes = IntStream.rangeClosed(1, 30).boxed().toList();
        List<Double> shares = sizes.stream().map(size -> size == 1 ? 0.1 : size == 15 ? 0.2 : 0.5).toList();
        Curve curve = new Curve(Axis.N, sizes, shares, List.of(15));
        assertEquals(0.4, curve.worst(), 1e-12);
        assertEquals("n from 1 to 30, the others 256: at least 0.40 of the neighbours' median, dips at [15]",
                SweepReport.line(curve));
        SweepReport.write(new ReportFolder(folder), "a title", List.of(curve));
        assertTrue(Files.readString(folder.resolve("sweep.json")).contains("\"dips\""));
        assertTrue(Files.readString(folder.resolve("sweep.svg")).contains("<svg"));
        assertTrue(Files.size(folder.resolve("sweep.png")) > 1000);
    }
}
