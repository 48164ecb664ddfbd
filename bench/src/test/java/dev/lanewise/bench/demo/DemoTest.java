package dev.lanewise.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.CommandLineRun;
import dev.lanewise.bench.net.Network;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final Measurement.Time SHORT = new Measurement.Time(1, 1);

    @TempDir
    private Path folder = Path.of("");

    private String demo(@Nullable Path image) throws IOException {
        StringWriter out = new StringWriter();
        assertTrue(new Demo(image, folder, new PrintWriter(out), SHORT).run(), out.toString());
        return out.toString();
    }

    @Test
    void findsTheAstronaut() throws IOException {
        String out = demo(null);

        assertTrue(out.contains("1 face found") && out.contains("score 0.92, centre (227, 129)"), out);
        assertTrue(out.contains("simd and reference: all 15232 outputs agree bit for bit"), out);
        assertTrue(out.contains("ONNX Runtime: 15232 outputs differ by at most"), out);
        BufferedImage drawn = ImageIO.read(folder.resolve("astronaut-faces.png").toFile());
        BufferedImage original = ImageIO.read(BlazeFace.resource("astronaut.png"));
        assertEquals(512, drawn.getWidth());
        assertEquals(512, drawn.getHeight());
        assertNotEquals(original.getRGB(180, 129), drawn.getRGB(180, 129), "the box's left edge");
        assertEquals(original.getRGB(400, 400), drawn.getRGB(400, 400));
    }

    /**
     * The photograph without 32 rows above and below is put back in its place by bars of 32 rows: the network sees the face where it
     * was, and it must be mapped to 32 rows higher up, within a pixel of the network.
     */
    @Test
    void findsTheAstronautInACutPhotograph() throws IOException {
        BufferedImage cut = ImageIO.read(BlazeFace.resource("astronaut.png")).getSubimage(0, 32, 512, 448);
        Path file = folder.resolve("cut.png");
        ImageIO.write(cut, "png", file.toFile());
        Letterbox letterbox = new Letterbox(Photograph.of(cut));
        Measurement measurement = Measurement.of(Conv2dProviders.chosen(), BlazeFace.network(), letterbox.input(),
                SHORT, millis -> {
                });

        List<Face> faces = BlazeFace.faces(measurement.warm()).stream().map(letterbox::toPhotograph).toList();

        assertEquals(1, faces.size());
        assertEquals(227, faces.get(0).box().centre().x(), 4);
        assertEquals(129 - 32, faces.get(0).box().centre().y(), 4);
        assertFalse(demo(file).contains("ONNX"));
    }

    @Test
    void saysPlainlyThatThereIsNoFace() throws IOException {
        Path grey = folder.resolve("grey.v2.png");
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY), "png", grey.toFile());

        assertTrue(demo(grey).contains("no face found"));
        assertTrue(Files.exists(folder.resolve("grey.v2-faces.png")));
    }

    @Test
    void aDifferenceIsFoundAndTold() throws IOException {
        Network network = BlazeFace.network();
        Measurement good = Measurement.of(Conv2dProviders.chosen(), network, BlazeFace.golden("x"), SHORT, millis -> {
        });
        Map<String, Tensor> outputs = new HashMap<>(good.warm());
        Tensor y0 = Objects.requireNonNull(good.cold().get("y0")).copy();
        float first = y0.floats()[0];
        y0.floats()[511] = Math.nextUp(y0.floats()[511]);
        outputs.put("y0", y0);
        Measurement bad = new Measurement(good.provider(), good.cold(), outputs, 1, 1);
        StringWriter out = new StringWriter();
        Report report = new Report(new PrintWriter(out));

        assertFalse(report.equality(List.of(good, bad)));
        assertTrue(out.toString().contains("FAILED: 0 of 15232 outputs differ in the first run, 1 in the last"),
                out.toString());

        y0.floats()[0] = Float.NaN;
        assertFalse(report.onnxRuntime(Comparison.of(BlazeFace.goldenOutputs(), outputs)));
        y0.floats()[0] = first + 1e-3f;
        assertFalse(report.onnxRuntime(Comparison.of(BlazeFace.goldenOutputs(), outputs)));
    }

    @Test
    void badInput() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "a text");
        CommandLineRun.of("demo", "--out", folder, "--image", text).failsWith("a.txt is not an image");
        CommandLineRun.of("demo", "--out", folder, "--image", folder.resolve("none.png"))
                .failsWith("none.png: there is no such file");
        CommandLineRun.of("demo", "--out", text).failsWith("a.txt");
        CommandLineRun.of("demo", "--out", text.resolve("below")).failsWith("a.txt");
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
