package dev.lanewise.core.lecture;

import static dev.lanewise.core.lecture.Lecture.assertPrints;
import static dev.lanewise.core.lecture.Lecture.errorOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.ops.Arithmetic;
import dev.lanewise.core.ops.Comparison;
import dev.lanewise.core.ops.Reduction;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Section 9 of the notes: view and reshape, by its three scripts; the letters are those of their lines. */
class S9ReshapeTest {
    private static final String COUNT = "tensor([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])";
    private static final String TWO_ROWS = """
            tensor([[0, 1, 2, 3, 4],
                    [5, 6, 7, 8, 9]])""";
    private static final String TRANSPOSED = """
            tensor([[0, 5],
                    [1, 6],
                    [2, 7],
                    [3, 8],
                    [4, 9]])""";
    private static final String COLUMNS_FIRST = "tensor([0, 5, 1, 6, 2, 7, 3, 8, 4, 9])";

    private final Generator generator = new Generator(0);
    private final Tensor threeByFour = RandomTensors.randn(generator, 3, 4);
    private final Tensor ten = RandomTensors.randn(generator, 10);

    /** reshape1.py; a view outlives the variable that it was made from, which Java need not show. */
    @Test
    void viewAndReshape() {
        assertPrints("""
                tensor([[ 1.5410, -0.2934, -2.1788,  0.5684],
                        [-1.0845, -1.3986,  0.4033,  0.8380],
                        [-0.7193, -0.4033, -0.5966,  0.1820]])""", threeByFour); // B
        String twoBySix = """
                tensor([[ 1.5410, -0.2934, -2.1788,  0.5684, -1.0845, -1.3986],
                        [ 0.4033,  0.8380, -0.7193, -0.4033, -0.5966,  0.1820]])""";
        assertPrints(twoBySix, threeByFour.view(2, 6)); // D, H
        assertPrints(twoBySix, threeByFour.reshape(2, 6)); // F, I
    }

    @Test
    void equality() {
        Tensor y = threeByFour.view(2, 6);
        Tensor z = threeByFour.reshape(2, 6);
        String allTrue = """
                tensor([[True, True, True, True, True, True],
                        [True, True, True, True, True, True]])""";
        assertPrints(allTrue, Comparison.eq(y, z)); // J
        assertPrints(allTrue, Comparison.eq(z, y)); // K
        Tensor sum = Reduction.sum(Arithmetic.subtract(y, z));
        assertPrints("tensor(True)", Reduction.all(Comparison.lt(Arithmetic.abs(sum), 1e-12))); // L
        assertEquals("True", TorchPrinter.bool(Comparison.allclose(y, z))); // M
    }

    @Test
    void inferredSizes() {
        String twoByFive = """
                tensor([[-0.8567,  1.1006, -1.0712,  0.1227, -0.5663],
                        [ 0.3731, -0.8920, -1.5091,  0.3704,  1.4565]])""";
        assertPrints(twoByFive, ten.reshape(2, 5)); // P
        assertPrints(twoByFive, ten.reshape(2, -1)); // R
        assertPrints(twoByFive, ten.view(2, 5)); // T
        assertPrints(twoByFive, ten.view(2, -1)); // V
    }

    @Test
    void sizesThatDoNotDivide() {
        assertEquals("shape '[3, -1]' is invalid for input of size 10", errorOf(() -> ten.reshape(3, -1))); // W
        assertEquals("shape '[3, -1]' is invalid for input of size 10", errorOf(() -> ten.view(3, -1))); // Y
    }

    /** flatten.py. */
    @Test
    void flattening() {
        Tensor x = Tensors.arange(10);
        assertPrints(COUNT, x); // B
        Tensor y = x.view(2, 5);
        assertPrints(TWO_ROWS, y); // D
        assertPrints(COUNT, y.reshape(-1)); // F
        assertPrints(COUNT, y.view(-1)); // H
        assertPrints("tensor([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]])", y.view(1, -1)); // J
        Tensor w = y.t();
        assertPrints(TRANSPOSED, w); // L
        assertPrints(COLUMNS_FIRST, w.reshape(-1)); // N
        assertNoView(w); // P
    }

    /** reshape2.py. */
    @Test
    void contiguity() {
        Tensor x = Tensors.arange(10);
        assertPrints(COUNT, x); // A
        assertTrue(x.isContiguous()); // B
        Tensor x1 = x.view(-1, 5);
        assertPrints(TWO_ROWS, x1); // C
        assertEquals("(5, 1)", TorchPrinter.stride(x1)); // D
        assertTrue(x1.isContiguous()); // E
        Tensor y = x1.t();
        assertPrints(TRANSPOSED, y); // G
        assertFalse(y.isContiguous()); // H
        assertEquals("(1, 5)", TorchPrinter.stride(y)); // I
        Tensor y1 = y.reshape(-1);
        assertPrints(COLUMNS_FIRST, y1); // J
        assertTrue(y1.isContiguous()); // K
        assertEquals("(1,)", TorchPrinter.stride(y1)); // L
    }

    @Test
    void madeContiguous() {
        Tensor y = Tensors.arange(10).view(2, 5).t();
        assertNoView(y); // N, O
        Tensor y2 = y.contiguous(); // P
        assertPrints(TRANSPOSED, y2); // Q
        assertTrue(y2.isContiguous()); // R
        assertEquals("(2, 1)", TorchPrinter.stride(y2)); // S
        Tensor y3 = y2.view(-1); // T
        assertPrints(COLUMNS_FIRST, y3); // U
        assertTrue(y3.isContiguous()); // V
        assertEquals("(1,)", TorchPrinter.stride(y3)); // V
    }

    private static void assertNoView(Tensor transposed) {
        assertEquals(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across "
                        + "two contiguous subspaces). Use .reshape(...) instead.",
                errorOf(() -> transposed.view(-1)));
    }
}
