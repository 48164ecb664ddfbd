package dev.lanewise.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Making tensors, reading and writing elements, copying. */
class TensorTest {
    // ---- making ----

    @Test
    void wrapsArraysWithoutACopy() {
        float[] array = {1, 2, 3, 4, 5, 6};
        Tensor x = Tensor.of(array, 2, 3);
        array[5] = 60;

        assertSame(array, x.floats());
        assertEquals(60, x.getDouble(1, 2));
        assertEquals("float32[2, 3]", x.toString());
    }

    @Test
    void everyArrayHasItsType() {
        assertEquals(DType.FLOAT64, Tensor.of(new double[1], 1).dtype());
        assertEquals(DType.FLOAT32, Tensor.of(new float[1], 1).dtype());
        assertEquals(DType.INT64, Tensor.of(new long[1], 1).dtype());
        assertEquals(DType.INT32, Tensor.of(new int[1], 1).dtype());
        assertEquals(DType.INT8, Tensor.of(new byte[1], 1).dtype());
        assertEquals(DType.UINT8, Tensor.ofUnsigned(new byte[1], 1).dtype());
        assertEquals(DType.BOOL, Tensor.of(new boolean[1], 1).dtype());
    }

    @Test
    void keepsCopiesOfShapeAndStrides() {
        int[] shape = {2, 3};
        Tensor x = Tensor.of(new float[6], shape);
        shape[0] = 9;
        x.shape()[0] = 9;
        x.strides()[0] = 9;

        assertArrayEquals(new int[] {2, 3}, x.shape());
        assertArrayEquals(new int[] {3, 1}, x.strides());
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertRefused("shape [2, 2] needs 4 elements, but the array has 3", () -> Tensor.of(new float[3], 2, 2));
        assertRefused("shape [] needs 1 elements, but the array has 0", () -> Tensor.of(new float[0]));
        assertRefused("negative size -1 in shape [2, -1]", () -> Tensor.zeros(DType.FLOAT32, 2, -1));
        assertRefused("shape [65536, 32768] has more than 2147483647 elements",
                () -> Tensor.zeros(DType.FLOAT32, 65536, 32768));
        assertRefused("shape [2147483647, 2147483647, 2147483647] has more than 2147483647 elements",
                () -> Tensor.zeros(DType.FLOAT32, 2147483647, 2147483647, 2147483647));
    }

    @Test
    void hugeShapesOfNothing() {
        assertEquals(0, Tensor.zeros(DType.FLOAT32, 2147483647, 2147483647, 0).numel());
        assertEquals(0, Tensor.zeros(DType.FLOAT32, 0, 2147483647, 2147483647).numel());
    }

    @Test
    void stridedPlacesElementsAnywhere() {
        Tensor x = Tensor.strided(DType.INT32, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, new int[] {2, 3},
                new int[] {1, 2});

        assertEquals(2, x.getLong(1, 0));
        assertEquals(6, x.getLong(1, 2));
        assertFalse(x.isContiguous());
    }

    @Test
    void stridedChecksTheArraysEnd() {
        assertEquals(1, Tensor.strided(DType.INT32, new int[6], 5, new int[] {}, new int[] {}).numel());
        assertEquals(0, Tensor.strided(DType.INT32, new int[6], 6, new int[] {0, 9}, new int[] {9, 9}).numel());
        assertRefused(
                "a tensor of shape [2, 3] with strides [3, 1] at offset 1 does not fit into an array of 6 elements",
                () -> strided(1, new int[] {2, 3}, 3, 1));
        assertRefused("a tensor of shape [] with strides [] at offset 6 does not fit into an array of 6 elements",
                () -> strided(6, new int[] {}));
        assertRefused("a tensor of shape [0] with strides [1] at offset 7 does not fit into an array of 6 elements",
                () -> strided(7, new int[] {0}, 1));
        assertRefused("a tensor of shape [1] with strides [1] at offset -1 does not fit into an array of 6 elements",
                () -> strided(-1, new int[] {1}, 1));
        assertRefused(
                "a tensor of shape [3] with strides [2147483647] at offset 0 does not fit into an array of 6 elements",
                () -> strided(0, new int[] {3}, Integer.MAX_VALUE));
        assertRefused("negative stride in strides [-1]", () -> strided(2, new int[] {2}, -1));
        assertRefused("shape [2] and strides [1, 1] differ in length", () -> strided(0, new int[] {2}, 1, 1));
    }

    private static Tensor strided(int offset, int[] shape, int... strides) {
        return Tensor.strided(DType.INT32, new int[6], offset, shape, strides);
    }

    // ---- elements ----

    @Test
    void indicesCountFromBothEnds() {
        Tensor x = Tensor.of(new int[] {1, 2, 3, 4, 5, 6}, 2, 3);

        assertEquals(6, x.getLong(1, 2));
        assertEquals(6, x.getLong(-1, -1));
        assertEquals(3, x.size(-1));
        assertEquals(1, x.stride(-1));
        assertEquals("index 3 is out of bounds for dimension 1 with size 3",
                assertThrows(IndexOutOfBoundsException.class, () -> x.getLong(0, 3)).getMessage());
        assertEquals("index -3 is out of bounds for dimension 0 with size 2",
                assertThrows(IndexOutOfBoundsException.class, () -> x.getLong(-3, 0)).getMessage());
        assertRefused("1 indices for a tensor of shape [2, 3]", () -> x.getLong(1));
        assertRefused("Dimension out of range (expected to be in range of [-2, 1], but got 2)", () -> x.size(2));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 200.75", "FLOAT32, 200.75", "INT64, 200", "INT32, 200", "INT8, -56", "UINT8, 200", "BOOL, 1"})
    void elementsAreConvertedAsByACast(DType dtype, double expected) {
        Tensor x = Tensor.zeros(dtype, 1);

        x.set(200.75, 0);

        assertEquals(expected, x.getDouble(0));
        assertEquals((long) expected, x.getLong(0));
    }

    @Test
    void int64IsNotRounded() {
        assertEquals(Long.MAX_VALUE, Tensor.of(new long[] {Long.MAX_VALUE}, 1).getLong(0));
    }

    @Test
    void writesAreSeenThroughAllViewsAndCounted() {
        Tensor x = Tensor.zeros(DType.FLOAT32, 2, 3);
        Tensor y = x.transpose(0, 1).select(0, 2);
        int version = x.storage().version();

        y.set(5, 1);

        assertEquals(5, x.getDouble(1, 2));
        assertTrue(x.storage().version() > version);
    }

    @Test
    void arraysComeByTheirType() {
        Tensor x = Tensor.zeros(DType.FLOAT64, 2);

        assertSame(x.storage().array(), x.doubles());
        assertRefused("expected scalar type Float but found Double", x::floats);
        assertRefused("expected scalar type Bool but found Double", () -> x.array(DType.BOOL));
    }

    // ---- copies ----

    @ParameterizedTest
    @EnumSource
    void copiesEveryType(DType dtype) {
        Tensor x = Tensor.zeros(dtype, 3, 4);
        for (int i = 0; i < 12; i++) {
            x.set(dtype == DType.BOOL ? i % 2 : 100 + 20 * i, i / 4, i % 4);
        }

        Tensor copy = x.t().copy();

        assertTrue(copy.isContiguous());
        assertFalse(copy.overlaps(x));
        for (int i = 0; i < 12; i++) {
            assertEquals(x.getDouble(i / 4, i % 4), copy.getDouble(i % 4, i / 4));
        }
    }

    @Test
    void copiesKeepTheBitsOfInt64() {
        Tensor x = Tensor.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -1}, 2, 2);

        assertArrayEquals(new long[] {Long.MAX_VALUE, (1L << 53) + 1, Long.MIN_VALUE, -1},
                (long[]) x.t().copy().storage().array());
    }

    @Test
    void copyFromReadsAllBeforeItWrites() {
        Tensor square = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
        square.copyFrom(square.t());
        assertArrayEquals(new float[] {1, 4, 7, 2, 5, 8, 3, 6, 9}, square.floats());

        Tensor row = Tensor.of(new float[] {1, 2, 3, 4, 5}, 5);
        row.slice(0, 1, 5, 1).copyFrom(row.slice(0, 0, 4, 1));
        assertArrayEquals(new float[] {1, 1, 2, 3, 4}, row.floats());
    }

    @Test
    void copyFromLeavesWhatLiesBetween() {
        float[] array = {9, 9, 9, 9, 9, 9};
        Tensor target = Tensor.of(array, 2, 3).slice(1, 0, 3, 2);
        int version = target.storage().version();

        target.copyFrom(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));

        assertArrayEquals(new float[] {1, 9, 2, 3, 9, 4}, array);
        assertTrue(target.storage().version() > version);
    }

    @Test
    void copyFromWantsTheSameTypeAndShape() {
        Tensor x = Tensor.of(new float[] {1, 2}, 2);

        assertRefused("cannot copy a float64 tensor of shape [2] into a float32 tensor of shape [2]",
                () -> x.copyFrom(Tensor.zeros(DType.FLOAT64, 2)));
        assertRefused("cannot copy a float32 tensor of shape [1, 2] into a float32 tensor of shape [2]",
                () -> x.copyFrom(x.unsqueeze(0)));
        assertArrayEquals(new float[] {1, 2}, x.floats());
    }

    @Test
    void overlapsIsAboutTheArrayAndTheSpan() {
        Tensor x = Tensor.zeros(DType.FLOAT32, 10);
        Tensor low = x.slice(0, 0, 5, 1);
        Tensor high = x.slice(0, 5, 10, 1);

        assertTrue(x.overlaps(low));
        assertFalse(low.overlaps(high));
        assertFalse(high.overlaps(low));
        assertTrue(low.overlaps(x.slice(0, 4, 6, 1)));
        assertFalse(x.overlaps(Tensor.zeros(DType.FLOAT32, 10)));
        assertTrue(x.overlaps(Tensor.of(x.floats(), 10)));
        assertFalse(x.overlaps(x.slice(0, 3, 3, 1)));
        assertTrue(x.slice(0, 0, 10, 2).overlaps(x.slice(0, 1, 10, 2)),
                "spans that meet count, even where no element does");
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"2, 1, true", "3, 1, false", "1, 2, false", "1, 3, false", "2, 2, true", "1, 1, true", "0, 1, true",
        "4, 0, true",
        "1, 2147483647, false"})
    void elementsThatShareAPlace(int rows, int columns, boolean shared) {
        int[] shape = columns == Integer.MAX_VALUE ? new int[] {2, 1} : new int[] {2, 3};
        Tensor tensor = Tensor.strided(DType.FLOAT32, new float[20], 0, shape, new int[] {rows, columns});
        assertEquals(shared, tensor.repeatsElements());
    }

    @Test
    void oneElementSharesItsPlaceWithNone() {
        assertFalse(Tensor.strided(DType.FLOAT32, new float[1], 0, new int[] {1, 1}, new int[] {0, 0})
                .repeatsElements());
    }

    @Test
    void neighboursDoNotOverlap() {
        Tensor whole = Tensor.zeros(DType.FLOAT32, 6);
        assertFalse(whole.slice(0, 0, 3, 1).overlaps(whole.slice(0, 3, 6, 1)));
        assertFalse(whole.slice(0, 3, 6, 1).overlaps(whole.slice(0, 0, 3, 1)));
        assertTrue(whole.slice(0, 0, 4, 1).overlaps(whole.slice(0, 3, 6, 1)));
        assertTrue(whole.slice(0, 3, 6, 1).overlaps(whole.slice(0, 0, 4, 1)));
    }
}
