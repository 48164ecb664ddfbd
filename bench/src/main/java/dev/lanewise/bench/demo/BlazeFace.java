package dev.lanewise.bench.demo;

import dev.lanewise.bench.net.Network;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * BlazeFace (front camera), a face detector of 37 convolutions, most of them depthwise and pointwise pairs.
 *
 * <p>It looks at 128x128 pixels. Two grids of cells, 16x16 and 8x8, each give a fixed number of candidates a cell: a logit, and a
 * box and six key points relative to the cell's middle.
 */
public final class BlazeFace {
    /** A candidate with a lower score is no face. */
    static final double LOWEST_SCORE = 0.5;
    /** Boxes with a larger intersection over union are taken for the same face. */
    static final double OVERLAP = 0.3;
    private static final int KEY_POINTS = 6;

    private BlazeFace() {
    }

    /** The network: input x [1, 128, 128, 3]; outputs y0 [1, 512, 1] and y1 [1, 384, 1] logits, y2 [1, 512, 16] and y3 [1, 384, 16] boxes. */
    public static Network network() throws IOException {
        return Network.read(resource("blazeface/net.json"), resource("blazeface/weights.f32"));
    }

    /** The bundled photograph as the network's input {@code x}, or an output for it as ONNX Runtime computed it. */
    public static Tensor golden(String name) throws IOException {
        try (InputStream stream = resource("blazeface/" + name + ".npy")) {
            return Npy.read(stream);
        }
    }

    /** All outputs for the bundled photograph, as ONNX Runtime computed them. */
    static Map<String, Tensor> goldenOutputs() throws IOException {
        return Map.of("y0", golden("y0"), "y1", golden("y1"), "y2", golden("y2"), "y3", golden("y3"));
    }

    static InputStream resource(String name) {
        InputStream stream = BlazeFace.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the resource " + name + " is missing");
        }
        return stream;
    }

    /** The faces that the outputs tell of, in pixels of the network's input, the highest score first. */
    static List<Face> faces(Map<String, Tensor> outputs) {
        List<Face> candidates = new ArrayList<>();
        addCandidates(outputs, "y0", "y2", 16, 2, candidates);
        addCandidates(outputs, "y1", "y3", 8, 6, candidates);
        return Face.suppressOverlapping(candidates, OVERLAP);
    }

    private static void addCandidates(Map<String, Tensor> outputs, String logitsName, String boxesName, int grid,
            int perCell, List<Face> candidates) {
        Tensor logits = Objects.requireNonNull(outputs.get(logitsName), logitsName);
        Tensor boxes = Objects.requireNonNull(outputs.get(boxesName), boxesName);
        double cellSize = (double) Letterbox.SIZE / grid;
        for (int i = 0; i < grid * grid * perCell; i++) {
            double score = 1 / (1 + Math.exp(-logits.getDouble(0, i, 0)));
            if (score >= LOWEST_SCORE) {
                int row = i / perCell / grid;
                int column = i / perCell % grid;
                Point middle = new Point((column + 0.5) * cellSize, (row + 0.5) * cellSize);
                candidates.add(face(score, boxes.select(0, 0).select(0, i), middle));
            }
        }
    }

    /** Decodes 16 numbers: the box's centre and size, then the key points. */
    private static Face face(double score, Tensor numbers, Point middle) {
        double width = numbers.getDouble(2);
        double height = numbers.getDouble(3);
        Point centre = point(numbers, 0, middle);
        List<Point> keyPoints = new ArrayList<>();
        for (int i = 0; i < KEY_POINTS; i++) {
            keyPoints.add(point(numbers, 4 + 2 * i, middle));
        }
        return new Face(score, new Box(centre.x() - width / 2, centre.y() - height / 2, width, height), keyPoints);
    }

    private static Point point(Tensor numbers, int index, Point middle) {
        return new Point(middle.x() + numbers.getDouble(index), middle.y() + numbers.getDouble(index + 1));
    }
}
