package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** PyTorch's strides and messages, of a tensor (2, 3, 4). */
class TensorViewsTest {
    private final Tensor x = Tensor.zeros(DType.FLOAT32, 2, 3, 4);

    // ---- view and reshape ----

    @Test
    void viewInfersOneSize() {
        assertView(x.view(4, -1), new int[] {4, 6}, 6, 1);
        assertView(x.view(-1), new int[] {24}, 1);
        assertView(x.view(2, 1, 12), new int[] {2, 1, 12}, 12, 12, 1);
    }

    @Test
    void viewRefusesWhatDoesNotFit() {
        assertRefused("shape '[5, -1]' is invalid for input of size 24", () -> x.view(5, -1));
        assertRefused("shape '[5, 5]' is invalid for input of size 24", () -> x.view(5, 5));
        assertRefused("shape '[]' is invalid for input of size 24", x::view);
        assertRefused("shape '[0, -1]' is invalid for input of size 24", () -> x.view(0, -1));
        assertRefused("only one dimension can be inferred", () -> x.view(-1, -1));
        assertRefused("invalid shape dimension -2 at index 0 of shape [-2, 12]", () -> x.view(-2, 12));
        assertRefused("shape '[2147483647, 2147483647, 2147483647]' is invalid for input of size 24",
                () -> x.view(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertRefused("shape '[2147483647, 2147483647, 2147483647, -1]' is invalid for input of size 24",
                () -> x.reshape(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, -1));
    }

    @Test
    void viewsOfEmptyTensors() {
        Tensor empty = Tensor.zeros(DType.FLOAT32, 0, 3);

        assertArrayEquals(new int[] {0, 3}, empty.view(-1, 3).shape());
        assertArrayEquals(new int[] {5, 0, 2}, empty.view(5, 0, 2).shape());
        assertArrayEquals(new int[] {0}, empty.view(-1).shape());
        assertRefused(
                "cannot reshape tensor of 0 elements into shape [0, -1] because the unspecified dimension size -1 can be any value and is ambiguous",
                () -> empty.view(0, -1));
        assertArrayEquals(new int[] {2147483647, 2147483647, 2147483647, 0},
                empty.view(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0).shape());
    }

    @Test
    void viewSplitsAnAxisOfANonContiguousTensor() {
        assertView(x.transpose(0, 1).view(3, 2, 2, 2), new int[] {3, 2, 2, 2}, 4, 12, 2, 1);
    }

    @Test
    void viewCannotJoinWhatLiesApart() {
        assertRefused(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). "
                        + "Use .reshape(...) instead.",
                () -> x.transpose(0, 1).view(6, 4));
    }

    @Test
    void reshapeCopiesOnlyThen() {
        assertSame(x.storage(), x.reshape(6, 4).storage());
        assertSame(x.storage(), x.transpose(0, 1).reshape(3, 2, 2, 2).storage());
        Tensor copy = x.transpose(0, 1).reshape(6, 4);
        assertFalse(copy.overlaps(x));
        assertView(copy, new int[] {6, 4}, 4, 1);
    }

    @Test
    void oneElementViewsToNoAxes() {
        assertView(Tensor.zeros(DType.FLOAT32, 1, 1).view(), new int[] {});
        assertView(Tensor.zeros(DType.FLOAT32).view(1, 1), new int[] {1, 1}, 1, 1);
    }

    @Test
    void flatten() {
        assertView(x.flatten(), new int[] {24}, 1);
        assertView(Tensor.zeros(DType.FLOAT32).flatten(), new int[] {1}, 1);
    }

    // ---- axes ----

    @Test
    void transpose() {
        assertView(x.transpose(0, 1), new int[] {3, 2, 4}, 4, 12, 1);
        assertView(x.transpose(-1, -3), new int[] {4, 3, 2}, 1, 4, 12);
        assertRefused("Dimension out of range (expected to be in range of [-3, 2], but got 3)",
                () -> x.transpose(0, 3));
        assertRefused("Dimension out of range (expected to be in range of [-3, 2], but got -4)",
                () -> x.transpose(-4, 0));
        assertRefused("Dimension out of range (expected to be in range of [-1, 0], but got 1)",
                () -> Tensor.zeros(DType.FLOAT32).transpose(0, 1));
    }

    @Test
    void t() {
        assertView(x.select(0, 0).t(), new int[] {4, 3}, 1, 4);
        assertRefused("t() expects a tensor with <= 2 dimensions, but self is 3D", x::t);
        Tensor row = x.select(0, 0).select(0, 0);
        assertView(row.t(), new int[] {4}, 1);
    }

    @Test
    void permute() {
        assertView(x.permute(2, 0, 1), new int[] {4, 2, 3}, 1, 12, 4);
        assertView(x.permute(-1, -3, -2), new int[] {4, 2, 3}, 1, 12, 4);
        assertRefused(
                "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions "
                        + "i.e. input.dim() = 3 is not equal to len(dims) = 2",
                () -> x.permute(0, 1));
        assertRefused("permute(): duplicate dims are not allowed.", () -> x.permute(0, 1, -2));
        assertRefused("Dimension out of range (expected to be in range of [-3, 2], but got 3)",
                () -> x.permute(0, 1, 3));
    }

    @Test
    void unsqueeze() {
        assertView(x.unsqueeze(0), new int[] {1, 2, 3, 4}, 24, 12, 4, 1);
        assertView(x.unsqueeze(1), new int[] {2, 1, 3, 4}, 12, 12, 4, 1);
        assertView(x.unsqueeze(3), new int[] {2, 3, 4, 1}, 12, 4, 1, 1);
        assertView(x.unsqueeze(-1), new int[] {2, 3, 4, 1}, 12, 4, 1, 1);
        assertView(x.unsqueeze(-4), new int[] {1, 2, 3, 4}, 24, 12, 4, 1);
        assertRefused("Dimension out of range (expected to be in range of [-4, 3], but got 4)", () -> x.unsqueeze(4));
        assertRefused("Dimension out of range (expected to be in range of [-4, 3], but got -5)", () -> x.unsqueeze(-5));
    }

    @Test
    void squeeze() {
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 2, 1, 3);

        assertView(y.squeeze(0), new int[] {2, 1, 3}, 3, 3, 1);
        assertView(y.squeeze(-2), new int[] {1, 2, 3}, 6, 3, 1);
        assertView(y.squeeze(1), new int[] {1, 2, 1, 3}, 6, 3, 3, 1);
        assertView(y.squeeze(), new int[] {2, 3}, 3, 1);
        assertRefused("Dimension out of range (expected to be in range of [-4, 3], but got 4)", () -> y.squeeze(4));
    }

    // ---- parts ----

    @Test
    void narrow() {
        Tensor y = x.narrow(1, 1, 2);

        assertView(y, new int[] {2, 2, 4}, 12, 4, 1);
        assertEquals(4, y.offset());
        assertEquals(4, x.narrow(1, -2, 1).offset());
        assertRefused("start (2) + length (2) exceeds dimension size (3).", () -> x.narrow(1, 2, 2));
        assertRefused("start (1) + length (2147483647) exceeds dimension size (3).",
                () -> x.narrow(1, 1, Integer.MAX_VALUE));
        assertRefused("narrow(): length must be non-negative.", () -> x.narrow(1, 0, -1));
        assertRefused("narrow() cannot be applied to a 0-dim tensor.",
                () -> Tensor.zeros(DType.FLOAT32).narrow(0, 0, 1));
        assertEquals("start out of range (expected to be in range of [-3, 3], but got 4)",
                assertThrows(IndexOutOfBoundsException.class, () -> x.narrow(1, 4, 0)).getMessage());
    }

    @Test
    void select() {
        Tensor y = x.select(1, -1);

        assertView(y, new int[] {2, 4}, 12, 1);
        assertEquals(8, y.offset());
        assertEquals("select(): index 5 out of range for tensor of size [2, 3, 4] at dimension 1",
                assertThrows(IndexOutOfBoundsException.class, () -> x.select(1, 5)).getMessage());
        assertEquals("select(): index -4 out of range for tensor of size [2, 3, 4] at dimension 1",
                assertThrows(IndexOutOfBoundsException.class, () -> x.select(-2, -4)).getMessage());
        assertRefused("select() cannot be applied to a 0-dim tensor.", () -> Tensor.zeros(DType.FLOAT32).select(0, 0));
    }

    @Test
    void slice() {
        Tensor y = x.slice(2, 1, 4, 2);

        assertView(y, new int[] {2, 3, 2}, 12, 4, 2);
        assertEquals(1, y.offset());
        assertArrayEquals(new int[] {2, 3, 0}, x.slice(2, 3, 1, 1).shape());
        assertArrayEquals(new int[] {2, 3, 3}, x.slice(2, -3, 100, 1).shape());
        assertArrayEquals(new int[] {2, 3, 4}, x.slice(2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1).shape());
        assertArrayEquals(new int[] {2, 1, 4}, x.slice(1, 2, 3, Integer.MAX_VALUE).shape());
        assertRefused("slice step must be positive", () -> x.slice(2, 0, 4, 0));
        assertRefused("slice() cannot be applied to a 0-dim tensor.",
                () -> Tensor.zeros(DType.FLOAT32).slice(0, 0, 1, 1));
    }

    @Test
    void expand() {
        Tensor y = Tensor.zeros(DType.FLOAT32, 2, 3, 1);

        assertView(y.expand(2, 3, 4), new int[] {2, 3, 4}, 3, 1, 0);
        assertView(y.expand(5, -1, -1, 4), new int[] {5, 2, 3, 4}, 0, 3, 1, 0);
        assertView(Tensor.zeros(DType.FLOAT32).expand(2, 2), new int[] {2, 2}, 0, 0);
        assertRefused(
                "The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 0.  "
                        + "Target sizes: [3, 3, 4].  Tensor sizes: [2, 3, 1]",
                () -> y.expand(3, 3, 4));
        assertRefused(
                "the number of sizes provided (2) must be greater or equal to the number of dimensions in the tensor (3)",
                () -> y.expand(3, 4));
        assertThrows(IllegalArgumentException.class, () -> y.expand(2, 3, -2));
        assertThrows(IllegalArgumentException.class, () -> y.expand(-1, 2, 3, 4));
        assertRefused("shape [65536, 2, 3, 65536] has more than 2147483647 elements",
                () -> y.expand(65536, 2, 3, 65536));
    }

    /** Strides beside an axis of size 0 may be huge, but no element is ever there. */
    @Test
    void partsOfHugeTensorsOfNothing() {
        Tensor empty = Tensor.zeros(DType.FLOAT32, 4, 2147483647, 2147483647, 0);

        for (Tensor part : new Tensor[] {empty.select(1, 2147483646), empty.narrow(1, 9, 9), empty.slice(0, 1, 4, 2),
            empty.unsqueeze(0),
            empty.unsqueeze(0).expand(3, -1, -1, -1, -1), empty.permute(3, 1, 2, 0).select(2, 7)}) {
            assertEquals(0, part.numel());
            assertEquals(0,
                    Tensor.strided(DType.FLOAT32, part.storage().array(), part.offset(), part.shape(), part.strides())
                            .numel());
        }
    }

    // ---- contiguity ----

    @Test
    void stridesOfAxesOfSizeOneDoNotCount() {
        assertTrue(Tensor.zeros(DType.FLOAT32, 3, 1, 4).transpose(0, 1).isContiguous());
        assertTrue(Tensor.zeros(DType.FLOAT32, 0, 3, 4).permute(2, 1, 0).isContiguous());
        assertFalse(x.transpose(0, 1).isContiguous());
        assertFalse(x.slice(0, 0, 2, 1).slice(1, 0, 2, 1).isContiguous());
        assertTrue(x.select(0, 1).isContiguous());
    }

    @Test
    void contiguousCopiesOnlyWhereItMust() {
        assertSame(x, x.contiguous());
        Tensor y = x.transpose(0, 2).contiguous();
        assertFalse(y.overlaps(x));
        assertView(y, new int[] {4, 3, 2}, 6, 2, 1);
    }

    private static void assertView(Tensor actual, int[] shape, int... strides) {
        assertArrayEquals(shape, actual.shape(), () -> Shapes.format(actual.shape()));
        assertArrayEquals(strides, actual.strides(), () -> Shapes.format(actual.strides()));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
