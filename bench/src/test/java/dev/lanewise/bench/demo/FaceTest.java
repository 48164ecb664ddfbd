package dev.lanewise.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaceTest {
    private static Face face(double score, double left) {
        return new Face(score, new Box(left, 0, 10, 10), List.of());
    }

    @Test
    void intersectionOverUnion() {
        Box box = new Box(0, 0, 10, 10);

        assertEquals(1, box.intersectionOverUnion(box));
        assertEquals(1.0 / 3, box.intersectionOverUnion(new Box(5, 0, 10, 10)), 1e-15);
        assertEquals(1.0 / 7, box.intersectionOverUnion(new Box(5, 5, 10, 10)), 1e-15);
        assertEquals(0, box.intersectionOverUnion(new Box(10, 0, 10, 10)));
        assertEquals(0, box.intersectionOverUnion(new Box(2, 2, 0, 0)));
        assertEquals(0, box.intersectionOverUnion(new Box(2, 2, -1, 5)));
    }

    /** At an offset of 5 boxes overlap by a third, at 6 by a quarter. */
    @Test
    void ofOverlappingFacesTheBestStays() {
        Face best = face(0.9, 5);
        Face other = face(0.8, 11);

        assertEquals(List.of(best, other),
                Face.suppressOverlapping(List.of(face(0.6, 0), other, best, face(0.7, 10)), 0.3));
        assertEquals(List.of(), Face.suppressOverlapping(List.of(), 0.3));
    }
}
