package dev.lanewise.bench.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A face that was found.
 *
 * @param score how sure the network is, 0 to 1
 * @param box around the face
 * @param keyPoints right eye, left eye, nose, mouth, right ear, left ear; right and left are the person's
 */
public record Face(double score, Box box, List<Point> keyPoints) {
    /** What the key points are, in their order. */
    public static final List<String> KEY_POINT_NAMES = List.of("right eye", "left eye", "nose", "mouth", "right ear",
            "left ear");

    /** Copies the list. */
    public Face {
        keyPoints = List.copyOf(keyPoints);
    }

    /**
     * Non-maximum suppression: of the faces that overlap, those with the higher score; the highest first.
     *
     * @param overlap boxes with a larger intersection over union are taken for the same face
     */
    public static List<Face> suppressOverlapping(List<Face> candidates, double overlap) {
        List<Face> faces = new ArrayList<>();
        for (Face candidate : candidates.stream().sorted(Comparator.comparingDouble(Face::score).reversed()).toList()) {
            if (faces.stream().noneMatch(face -> face.box.intersectionOverUnion(candidate.box) > overlap)) {
                faces.add(candidate);
            }
        }
        return List.copyOf(faces);
    }
}
