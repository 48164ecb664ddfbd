package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.assertPrintsNumpy;
import static dev.lanewise.core.lecture.Lecture.assertSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 7 of the notes: a kernel that is not its own mirror image shows that it is not flipped. */
class S7CrossCorrelationTest {
    private static Tensor input() {
        Tensor input = Tensors.zeros(DType.FLOAT64, 1, 1, 8, 8);
        Assignment.fill(input.select(0, 0).select(0, 0).select(1, 4), 1);
        return input;
    }

    private static Tensor kernel() {
        Tensor ker = Tensors.zeros(DType.FLOAT64, 1, 1, 3, 3);
        Assignment.assign(ker.select(0, 0).select(0, 0), Tensors.tensor(new double[] {1, 2, 3}));
        return ker;
    }

    @Test
    void brightColumn() {
        assertPrints("""
                tensor([[[[0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.],
                          [0., 0., 0., 0., 1., 0., 0., 0.]]]], dtype=torch.float64)""", input());
    }

    /** The notes show this listing as {@code repr} writes it; {@code print} leaves out the word and the commas. */
    @Test
    void kernelOfZeros() {
        Tensor ker = Tensors.zeros(DType.FLOAT64, 1, 1, 3, 3);
        assertEquals("""
                array([[[[0., 0., 0.],
                         [0., 0., 0.],
                         [0., 0., 0.]]]])""", NumpyPrinter.repr(ker));
        assertPrintsNumpy("""
                [[[[0. 0. 0.]
                   [0. 0. 0.]
                   [0. 0. 0.]]]]""", ker);
    }

    @Test
    void kernelOfRows() {
        assertEquals("""
                array([[[[1., 2., 3.],
                         [1., 2., 3.],
                         [1., 2., 3.]]]])""", NumpyPrinter.repr(kernel()));
        assertPrintsNumpy("""
                [[[[1. 2. 3.]
                   [1. 2. 3.]
                   [1. 2. 3.]]]]""", kernel());
    }

    @Test
    void result() {
        Conv2d conop = Conv2d.builder(1, 1, 3).bias(false).build(new Generator(0));
        conop.setWeight(kernel());
        Tensor output = conop.forward(input());
        assertPrints("""
                tensor([[[[0., 0., 9., 6., 3., 0.],
                          [0., 0., 9., 6., 3., 0.],
                          [0., 0., 9., 6., 3., 0.],
                          [0., 0., 9., 6., 3., 0.],
                          [0., 0., 9., 6., 3., 0.],
                          [0., 0., 9., 6., 3., 0.]]]], dtype=torch.float64)""", output);
        assertSize("torch.Size([1, 1, 6, 6])", output);
    }
}
