package dev.lanewise.bench.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the demo prints. */
final class Report {
    /** What outputs may differ by from ONNX Runtime's: it folds in another order, and is itself 8.2e-5 away from a float64 evaluation. */
    static final double ONNX_RUNTIME_TOLERANCE = 2e-4;

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void photograph(String name, Photograph photograph) {
        print("%s, %d x %d pixels, by BlazeFace (37 convolutions)%n", name, photograph.width(), photograph.height());
        out.flush(); // measuring takes seconds
    }

    void noSimd(String reason) {
        print("%s%nGoing on with the reference alone.%n", reason);
    }

    void faces(List<Face> faces) {
        print("%n%s%n",
                faces.isEmpty() ? "no face found" : faces.size() == 1 ? "1 face found" : faces.size() + " faces found");
        for (Face face : faces) {
            Point centre = face.box().centre();
            print("  score %.2f, centre (%.0f, %.0f), %.0f x %.0f pixels%n", face.score(), centre.x(), centre.y(),
                    face.box().width(), face.box().height());
            for (int i = 0; i < face.keyPoints().size(); i++) {
                Point point = face.keyPoints().get(i);
                print("    %-9s (%.0f, %.0f)%n", Face.KEY_POINT_NAMES.get(i), point.x(), point.y());
            }
        }
    }

    void times(List<Measurement> measurements) {
        print("%none photograph, one thread%n");
        double reference = measurements.get(0).medianMillis();
        for (int i = 0; i < measurements.size(); i++) {
            Measurement m = measurements.get(i);
            print("  %-9s %8.2f ms, median of %d runs", m.provider().name(), m.medianMillis(), m.runs());
            print(i == 0 ? "%n" : ": %.1f times as fast%n", reference / m.medianMillis());
        }
    }

    /** Whether all runs gave the bits of the reference's first. */
    boolean equality(List<Measurement> measurements) {
        boolean equal = true;
        print("%n");
        for (int i = 0; i < measurements.size(); i++) {
            Measurement m = measurements.get(i);
            Comparison cold = Comparison.of(measurements.get(0).cold(), m.cold());
            Comparison warm = Comparison.of(measurements.get(0).cold(), m.warm());
            equal &= cold.isEqual() && warm.isEqual();
            if (i > 0 || !warm.isEqual()) { // that the reference repeats itself is nothing to tell
                print("  %s and reference: %s%n", m.provider().name(), verdict(cold, warm));
            }
        }
        return equal;
    }

    private static String verdict(Comparison cold, Comparison warm) {
        if (cold.isEqual() && warm.isEqual()) {
            return "all " + warm.elements() + " outputs agree bit for bit";
        }
        return "FAILED: " + cold.different() + " of " + cold.elements() + " outputs differ in the first run, "
                + warm.different() + " in the last";
    }

    /** Whether the outputs are as near to ONNX Runtime's as they should be. */
    boolean onnxRuntime(Comparison comparison) {
        boolean near = comparison.isWithin(ONNX_RUNTIME_TOLERANCE);
        print("  ONNX Runtime: %s%d outputs differ by at most %.1e, up to %.0e is expected%n", near ? "" : "FAILED: ",
                comparison.elements(),
                comparison.largest(), ONNX_RUNTIME_TOLERANCE);
        return near;
    }

    void written(Path path) {
        print("%ndrawn in %s%n", path);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
