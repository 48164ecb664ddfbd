package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.bench.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void measuresALayerAndWritesAReport() throws IOException {
        String layer = "1,8,10,10,8,3,1,1,1,2";
        CommandLineRun run = CommandLineRun.of("bench", "conv", "--layer", layer, "--rounds", 2, "--threads", 2,
                "--out",
                folder.resolve("report"));

        assertEquals(0, run.exitCode(), run.err()); // other programs may be complained about
        String out = run.out();
        assertTrue(out.contains(layer), out);
        JsonObject summary = JsonParser.parseString(Files.readString(folder.resolve("report/summary.json")))
                .getAsJsonObject();
        assertEquals("conv", summary.get("suite").getAsString());
        assertEquals(2, summary.get("threads").getAsInt());
        assertEquals(2, summary.get("rounds").getAsInt());
        assertTrue(summary.get("peakGflops").getAsDouble() > 0);
        JsonObject row = summary.getAsJsonArray("rows").get(0).getAsJsonObject();
        assertEquals(layer, row.get("name").getAsString());
        assertEquals("grouped", row.get("group").getAsString());
        assertTrue(row.get("gflops").getAsDouble() > 0);
        assertTrue(Files.readString(folder.resolve("report/summary.md")).contains("| " + layer + " | grouped |"));
    }

    @Test
    void badUsage() {
        CommandLineRun.of("bench", "nosuch").failsWith("unknown suite 'nosuch'");
        CommandLineRun.of("bench", "--against", "nosuch").failsWith("no native library is on the class path");
        CommandLineRun.of("bench", "--filter", "nosuch").failsWith("contains 'nosuch'");
        CommandLineRun.of("bench", "--layer", "1,2,3").failsWith("'1,2,3'");
        CommandLineRun.of("bench", "--layer", "1,8,8,8,8,3,1,1,1,3").failsWith("expected weight to be divisible by 3");
        CommandLineRun.of("bench", "--threads", 0).failsWith("at least 1 thread");
        CommandLineRun.of("bench", "--rounds", 0).failsWith("--rounds=0");
        CommandLineRun.of("bench", "gemm", "--type", "int8").failsWith("--type=int8");
        CommandLineRun.of("bench", "--algorithm", "NOSUCH", "--filter", "1,1,8,8").failsWith("NOSUCH");
    }
}
