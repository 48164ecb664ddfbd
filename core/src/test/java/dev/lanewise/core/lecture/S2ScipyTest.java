package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.arr;
import static dev.lanewise.core.lecture.Lecture.assertPrintsNumpy;
import static dev.lanewise.core.lecture.Lecture.ker;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Convolve2d;
import dev.lanewise.core.conv.ConvolveBoundary;
import dev.lanewise.core.conv.ConvolveMode;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 2 of the notes: the same by SciPy's function. */
class S2ScipyTest {
    @Test
    void valid() {
        Tensor output = Convolve2d.convolve2d(arr(), ker(), ConvolveMode.VALID);
        assertPrintsNumpy("""
                [[0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]]""", output);
        assertEquals("(6, 6)", NumpyPrinter.shape(output));
    }

    /** The notes make this call without printing its result; the text is what SciPy and NumPy print. */
    @Test
    void fullWithMirroredBoundary() {
        assertPrintsNumpy("""
                [[0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]
                 [0. 0. 0. 0. 9. 9. 0. 0. 0. 0.]]""",
                Convolve2d.convolve2d(arr(), ker(), ConvolveMode.FULL, ConvolveBoundary.SYMM, 0));
    }
}
