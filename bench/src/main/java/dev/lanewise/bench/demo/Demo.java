package dev.lanewise.bench.demo;

import dev.lanewise.bench.io.Failure;
import dev.lanewise.bench.io.OutputFile;
import dev.lanewise.bench.io.Progress;
import dev.lanewise.bench.net.Network;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Finds the faces in a photograph with the reference and with SIMD, compares the two, reports, and draws. */
public final class Demo {
    private static final String BUNDLED = "astronaut.png";

    private final @Nullable Path image;
    private final Path folder;
    private final Report report;
    private final Measurement.Time time;

    /**
     * A demo on one photograph, measured well.
     *
     * @param image the photograph, or null for the bundled one
     * @param folder where to write the drawing; made if it is not there
     * @param out where to report
     */
    public Demo(@Nullable Path image, Path folder, PrintWriter out) {
        this(image, folder, out, Measurement.Time.WELL);
    }

    Demo(@Nullable Path image, Path folder, PrintWriter out, Measurement.Time time) {
        this.image = image;
        this.folder = folder;
        this.report = new Report(out);
        this.time = time;
    }

    /**
     * Runs it.
     *
     * @return whether all comparisons held
     * @throws IOException if the photograph cannot be read or the drawing cannot be written
     * @throws IllegalArgumentException if the file is not a photograph
     */
    public boolean run() throws IOException {
        String name = image == null ? BUNDLED : String.valueOf(image.getFileName());
        Photograph photograph = read(name);
        Files.createDirectories(folder);
        Path path = folder.resolve(stem(name) + "-faces.png").normalize();
        try (OutputFile drawing = OutputFile.open(path)) {
            report.photograph(name, photograph);
            Letterbox letterbox = new Letterbox(photograph);
            List<Measurement> measurements = measure(BlazeFace.network(), letterbox.input());
            Measurement reference = measurements.get(0);
            List<Face> faces = BlazeFace.faces(reference.cold()).stream().map(letterbox::toPhotograph).toList();
            report.faces(faces);
            report.times(measurements);
            boolean agree = report.equality(measurements);
            if (image == null) {
                agree &= report.onnxRuntime(Comparison.of(BlazeFace.goldenOutputs(), reference.cold()));
            }
            BufferedImage picture = photograph.toImage();
            Drawing.draw(faces, picture);
            drawing.replace(out -> ImageIO.write(picture, "png", out));
            report.written(path);
            return agree;
        }
    }

    private Photograph read(String name) throws IOException {
        try (InputStream stream = image == null ? BlazeFace.resource(BUNDLED) : Files.newInputStream(image)) {
            return Photograph.read(stream, name);
        }
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The reference's first. */
    private List<Measurement> measure(Network network, Tensor x) {
        List<Conv2dProvider> providers = providers();
        List<Measurement> measurements = new ArrayList<>();
        try (Progress bar = Progress.show("measuring", providers.size() * time.millis())) {
            for (Conv2dProvider provider : providers) {
                measurements.add(Measurement.of(provider, network, x, time,
                        millis -> bar.stepTo(measurements.size() * time.millis() + millis)));
            }
        }
        return measurements;
    }

    private List<Conv2dProvider> providers() {
        Conv2dProvider reference = Conv2dProviders.reference();
        try {
            return List.of(reference, Conv2dProviders.byName("simd"));
        } catch (IllegalStateException e) {
            report.noSimd(Failure.describe(e));
            return List.of(reference);
        }
    }
}
