package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.arr;
import static dev.lanewise.core.lecture.Lecture.assertPrintsNumpy;
import static dev.lanewise.core.lecture.Lecture.ker;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Convolve2d;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 1 of the notes: what a convolution over two axes is. */
class S1DefinitionTest {
    @Test
    void image() {
        assertPrintsNumpy("""
                [[4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]
                 [4. 4. 4. 4. 1. 1. 1. 1.]]""", arr());
    }

    @Test
    void kernel() {
        assertPrintsNumpy("""
                [[-1.  0.  1.]
                 [-1.  0.  1.]
                 [-1.  0.  1.]]""", ker());
    }

    @Test
    void convolution() {
        Tensor convoOut = Convolve2d.convo2d(arr(), ker());
        assertPrintsNumpy("""
                [[0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]
                 [0. 0. 9. 9. 0. 0.]]""", convoOut);
        assertEquals("(6, 6)", NumpyPrinter.shape(convoOut));
    }
}
