package dev.lanewise.core.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    @Test
    void scalarIntoSlice() {
        Tensor x = Tensors.zeros(2, 4);
        Assignment.fill(x.slice(-1, 1, 3, 1), 5);
        assertPrints("""
                tensor([[0., 5., 5., 0.],
                        [0., 5., 5., 0.]])""", x);
    }

    @Test
    void rowIntoAllRows() {
        Tensor x = Tensors.zeros(2, 3);
        Assignment.assign(x, Tensors.tensor(new long[] {1, 2, 3}));
        assertPrints("""
                tensor([[1., 2., 3.],
                        [1., 2., 3.]])""", x);
    }

    @Test
    void leadingAxesOfSizeOneAreDropped() {
        Tensor x = Tensors.zeros(3);
        Assignment.assign(x, Tensors.tensor(new long[][] {{1, 2, 3}}));
        assertPrints("tensor([1., 2., 3.])", x);
    }

    @Test
    void ontoItselfBackwards() {
        Tensor x = Tensors.arange(4);
        Assignment.assign(x.slice(0, 1, 4, 1), x.slice(0, 0, 3, 1));
        assertPrints("tensor([0, 0, 1, 2])", x);
    }

    @Test
    void valuesTakeTheTargetsType() {
        Tensor x = Tensors.zeros(DType.INT8, 2);
        Assignment.assign(x, Tensors.tensor(new float[] {1.9f, -1.9f}));
        assertPrints("tensor([ 1, -1], dtype=torch.int8)", x);
    }

    @Test
    void everyWriteRaisesTheVersion() {
        Tensor x = Tensors.zeros(2);
        int before = x.storage().version();
        Assignment.fill(x.slice(0, 0, 1, 1), 1);
        assertEquals(before + 1, x.storage().version());
        Assignment.assign(x, Tensors.ones(2));
        assertEquals(before + 2, x.storage().version());
    }

    @Test
    void shapesThatDoNotFit() {
        assertError("The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 1."
                + "  Target sizes: [2, 3].  Tensor sizes: [2, 2]",
                () -> Assignment.assign(Tensors.zeros(2, 3), Tensors.ones(2, 2)));
        assertError(
                "the number of sizes provided (1) must be greater or equal to the number of dimensions in the tensor (2)",
                () -> Assignment.assign(Tensors.zeros(3), Tensors.ones(2, 3)));
    }

    @Test
    void elementsThatShareAPlace() {
        Tensor x = Tensors.zeros(1).expand(3);
        assertError(
                "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
                        + "Please clone() the tensor before performing the operation. Shape [3], strides [0]",
                () -> Assignment.assign(x, Tensors.ones(3)));
        Assignment.fill(x, 2);
        assertPrints("tensor([2., 2., 2.])", x);
    }

    private static void assertPrints(String expected, Tensor tensor) {
        assertEquals(expected, TorchPrinter.format(tensor));
    }

    private static void assertError(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
