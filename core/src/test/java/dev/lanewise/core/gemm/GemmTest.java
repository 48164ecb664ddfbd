package dev.lanewise.core.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemmTest {
    /** [2, 3] */
    private static final float[] A = {1, 2, 3, 4, 5, 6};
    /** [3, 2] */
    private static final float[] B = {7, 8, 9, 10, 11, 12};

    @Test
    void multiplies() {
        float[] c = new float[4];
        Gemm.sgemm(false, false, 2, 2, 3, 1, A, 0, 3, B, 0, 2, 0, c, 0, 2);
        assertArrayEquals(new float[] {58, 64, 139, 154}, c);
    }

    @Test
    void readsTransposedMatricesScalesAndKeepsToItsBlock() {
        float[] c = {-1, 1, 1, -1, 1, 1, -1}; // C at 1, rows 3 apart
        // A [3, 2] and B [2, 3] from the transposed arrays: A^T = (1 2 3; 4 5 6), B^T = (7 8; 9 10; 11 12)
        float[] wide = new float[12]; // ldc = 4
        Gemm.sgemm(true, true, 3, 3, 2, 2, A, 0, 3, B, 0, 2, 0, wide, 0, 4);
        assertArrayEquals(new float[] {78, 98, 118, 0, 108, 136, 164, 0, 138, 174, 210, 0}, wide);
        Gemm.sgemm(false, false, 2, 2, 3, 1, A, 0, 3, B, 0, 2, 10, c, 1, 3);
        assertArrayEquals(new float[] {-1, 68, 74, -1, 149, 164, -1}, c);
    }

    @Test
    void multipliesDoublesByThreads() {
        int n = 70;
        double[] a = new double[n * n];
        double[] b = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + (n - 1 - i)] = 2; // reverses the rows
        }
        Arrays.setAll(b, i -> i);
        double[] c = new double[n * n];
        try (Workers workers = Workers.threads(2)) {
            Gemm.dgemm(false, false, n, n, n, 0.5, a, 0, n, b, 0, n, 0, c, 0, n, workers);
        }
        for (int i = 0; i < n; i++) {
            assertEquals((n - 1 - i) * n, c[i * n]);
        }
    }

    @Test
    void matmulFollowsTorch() {
        Tensor a = Tensor.of(A, 2, 3);
        Tensor b = Tensor.of(B, 3, 2);
        assertArrayEquals(new float[] {58, 64, 139, 154}, Gemm.matmul(a, b).floats());
        Tensor v = Tensor.of(new float[] {1, 0, 2}, 3);
        Tensor av = Gemm.matmul(a, v);
        assertArrayEquals(new int[] {2}, av.shape());
        assertArrayEquals(new float[] {7, 16}, av.floats());
        assertEquals(5f, Gemm.matmul(v, v).getDouble());
        // [2, 1, 2, 3] x [2, 3, 2] -> [2, 2, 2, 2]
        Tensor batchedA = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 0, 0, 1, 1, 0, 0}, 2, 1, 2, 3);
        Tensor batchedB = Tensor.of(new float[] {7, 8, 9, 10, 11, 12, 1, 1, 1, 1, 1, 1}, 2, 3, 2);
        Tensor c = Gemm.matmul(batchedA, batchedB);
        assertArrayEquals(new int[] {2, 2, 2, 2}, c.shape());
        assertArrayEquals(new float[] {58, 64, 139, 154, 6, 6, 15, 15, 11, 12, 7, 8, 1, 1, 1, 1}, c.floats());
        // [2, 3] x [2, 3, 2] -> [2, 2, 2]
        assertArrayEquals(new float[] {58, 64, 139, 154, 6, 6, 15, 15}, Gemm.matmul(a, batchedB).floats());
        assertArrayEquals(new int[] {2, 0}, Gemm.matmul(a, Tensor.zeros(DType.FLOAT32, 3, 0)).shape());
        assertArrayEquals(new float[4],
                Gemm.matmul(Tensor.zeros(DType.FLOAT32, 2, 0), Tensor.zeros(DType.FLOAT32, 0, 2)).floats());
    }

    @Test
    void tensorsMayHaveAnyStrides() {
        Tensor c = Tensor.zeros(DType.FLOAT32, 3, 3);
        Tensor a = Tensor.of(A, 2, 3);
        Gemm.multiply(1, a.transpose(0, 1), a, 0, c.transpose(0, 1));
        assertArrayEquals(new float[] {17, 22, 27, 22, 29, 36, 27, 36, 45}, c.floats());
        int before = c.storage().version();
        Gemm.multiply(1, a.transpose(0, 1), a, 1, c);
        assertEquals(54, c.getDouble(0, 2));
        assertEquals(before + 1, c.storage().version());
    }

    @Test
    void batchesOfOneOperandServeAll() {
        Tensor a = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 0, 0, 1, 1, 0, 0}, 2, 2, 3);
        Tensor b = Tensor.of(B, 3, 2);
        Tensor c = Tensor.zeros(DType.FLOAT32, 2, 2, 2);
        float[] expected = {58, 64, 139, 154, 11, 12, 7, 8};
        Gemm.multiply(1, a, b, 0, c);
        assertArrayEquals(expected, c.floats());
        Gemm.multiply(1, a, b.unsqueeze(0), 1, c);
        assertArrayEquals(new float[] {116, 128, 278, 308, 22, 24, 14, 16}, c.floats());
        String fits = " do not go together with [2, 2, 2] of c; expected [m, k], [k, n] and [m, n], or three axes with the batch first";
        assertMessage("shapes [2, 2, 3] of a and [3, 3, 2] of b" + fits,
                () -> Gemm.multiply(1, a, b.expand(3, 3, 2), 0, c));
        assertMessage("shapes [3, 2, 3] of a and [3, 2] of b" + fits,
                () -> Gemm.multiply(1, Tensor.zeros(DType.FLOAT32, 3, 2, 3), b, 0, c));
    }

    @Test
    void packedOperandsAndEpilogues() {
        float[] c = new float[4];
        float[] bias = {-60, 1000};
        PackedMatrix b = Gemm.packB(Tensor.of(B, 3, 2));
        GemmCall call = new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).b(b).c(c, 0, 2, 1)
                .epilogues(Epilogue.addResidual(), Epilogue.relu()).residual(bias, 0, 0, 1);
        call.run();
        assertArrayEquals(new float[] {0, 1064, 79, 1154}, c);
        call.run(); // beta = 0: the same again
        assertArrayEquals(new float[] {0, 1064, 79, 1154}, c);
    }

    // ---- errors ----

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -1 | 2 | 3 | 3 | 2 | 2 | expected m to be at least 0, but got -1
            2 | -2 | 3 | 3 | 2 | 2 | expected n to be at least 0, but got -2
            2 | 2 | -3 | 3 | 2 | 2 | expected k to be at least 0, but got -3
            2 | 2 | 3 | 2 | 2 | 2 | expected lda to be at least 3 for A [2, 3], but got 2
            2 | 2 | 3 | 3 | 1 | 2 | expected ldb to be at least 2 for B [3, 2], but got 1
            2 | 2 | 3 | 3 | 2 | 0 | expected ldc to be at least 2 for C [2, 2], but got 0
            3 | 2 | 3 | 3 | 2 | 2 | a [3, 3] at offset 0 with row stride 3, column stride 1 needs an array of 9 elements, but it has 6
            2 | 2 | 3 | 3 | 3 | 2 | b [3, 2] at offset 0 with row stride 3, column stride 1 needs an array of 8 elements, but it has 6
            2 | 2 | 3 | 3 | 2 | 3 | c [2, 2] at offset 0 with row stride 3, column stride 1 needs an array of 5 elements, but it has 4
            """)
    void sizesAreChecked(int m, int n, int k, int lda, int ldb, int ldc, String message) {
        float[] c = {1, 2, 3, 4};
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Gemm.sgemm(false, false, m, n, k, 1, A, 0, lda, B, 0, ldb, 0, c, 0, ldc));
        assertEquals(message, e.getMessage());
        assertArrayEquals(new float[] {1, 2, 3, 4}, c);
    }

    @Test
    void doublesAreCheckedToo() {
        double[] c = new double[1];
        Gemm.dgemm(false, false, 1, 1, 2, 3, new double[] {1, 2}, 0, 2, new double[] {10, 100}, 0, 1, 0, c, 0, 1);
        assertEquals(630, c[0]);
        assertMessage("expected lda to be at least 2 for A [1, 2], but got 1", () -> Gemm.dgemm(false, false, 1, 1, 2,
                1, new double[2], 0, 1, new double[2], 0, 1, 0, c, 0, 1));
    }

    @Test
    void transposedLeadingDimensionsAreChecked() {
        assertMessage("expected lda to be at least 2 for A [2, 3] stored transposed, but got 1",
                () -> Gemm.sgemm(true, false, 2, 2, 3, 1, A, 0, 1, B, 0, 2, 0, new float[4], 0, 2));
        assertMessage(
                "expected offset and strides of a to be at least 0, but got offset -1 with row stride 3, column stride 1",
                () -> Gemm.sgemm(false, false, 2, 2, 3, 1, A, -1, 3, B, 0, 2, 0, new float[4], 0, 2));
    }

    @Test
    void overlapIsAnError() {
        float[] all = new float[100];
        assertMessage(
                "c [2, 2] at offset 5 with row stride 2, column stride 1 overlaps a [2, 3] at offset 0 with row stride 3, column stride 1 in the same array",
                () -> Gemm.sgemm(false, false, 2, 2, 3, 1, all, 0, 3, B, 0, 2, 0, all, 5, 2));
        assertMessage(
                "c [2, 2] at offset 0 with row stride 2, column stride 1 overlaps b [3, 2] at offset 3 with row stride 2, column stride 1 in the same array",
                () -> Gemm.sgemm(false, false, 2, 2, 3, 1, A, 0, 3, all, 3, 2, 0, all, 0, 2));
        assertMessage("elements of c [2, 2] with row stride 1, column stride 1 share places",
                () -> new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).b(B, 0, 2, 1).c(all, 0, 1, 1).run());
        assertMessage(
                "elements of c [2, 2], a batch of 2, with row stride 2, column stride 1, batch stride 3 share places",
                () -> new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).b(B, 0, 2, 1).c(all, 0, 2, 1).batch(2, 0, 0, 3)
                        .run());
        assertMessage(
                "elements of c [2, 2], a batch of 2, with row stride 4, column stride 1, batch stride 4 share places",
                () -> new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).b(B, 0, 2, 1).c(all, 0, 4, 1).batch(2, 0, 0, 4)
                        .run());
    }

    /** As a blocked factorization does: A, B and C are blocks of one matrix. */
    @Test
    void blocksOfOneMatrixDoNotOverlap() {
        int ld = 8;
        float[] all = new float[ld * ld];
        Arrays.fill(all, 1);
        Gemm.sgemm(false, false, 4, 4, 4, -1, all, 4 * ld, ld, all, 4, ld, 1, all, 4 * ld + 4, ld);
        assertEquals(-3, all[4 * ld + 4]);
        assertEquals(-3, all[7 * ld + 7]);
        assertEquals(1, all[7 * ld + 3]);
        assertEquals(1, all[3 * ld + 7]);
    }

    @Test
    void operandsAreChecked() {
        GemmCall call = new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).c(new float[4], 0, 2, 1);
        assertMessage("b is missing", call::run);
        call.b(new double[6], 0, 2, 1);
        assertMessage("expected b to be float32 as c is, but it is float64", call::run);
        call.b(Gemm.packB(Tensor.of(A, 2, 3)));
        assertMessage("expected b to be B [3, 2], but got packed B float32[2, 3]", call::run);
        call.b(Gemm.packA(Tensor.of(B, 3, 2)));
        assertMessage("expected b to be B [3, 2], but got packed A float32[3, 2]", call::run);
        call.b(B, 0, 2, 1).epilogues(Epilogue.addResidual());
        assertMessage("residual is missing", call::run);
        call.batch(-1, 0, 0, 0);
        assertMessage("expected batch to be at least 0, but got -1", call::run);
    }

    @Test
    void tensorsAreChecked() {
        Tensor a = Tensor.of(A, 2, 3);
        assertMessage("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", () -> Gemm.matmul(a, a));
        assertMessage("both arguments to matmul need to be at least 1D, but they are 0D and 2D",
                () -> Gemm.matmul(Tensor.zeros(DType.FLOAT32), a));
        assertMessage("expected m1 and m2 to have the same dtype, but got: float != double",
                () -> Gemm.matmul(a, Tensor.zeros(DType.FLOAT64, 3, 2)));
        assertMessage("matmul takes float32 or float64 tensors, but got int32",
                () -> Gemm.matmul(Tensor.zeros(DType.INT32, 2, 2), Tensor.zeros(DType.INT32, 2, 2)));
        assertMessage("the batch axes of [2, 1, 3] and [3, 3, 1] cannot be broadcast: 2 and 3",
                () -> Gemm.matmul(Tensor.zeros(DType.FLOAT32, 2, 1, 3), Tensor.zeros(DType.FLOAT32, 3, 3, 1)));
        assertMessage(
                "shapes [2, 3] of a and [3, 2] of b do not go together with [2, 3] of c; expected [m, k], [k, n] and [m, n], or three axes with the batch first",
                () -> Gemm.multiply(1, a, Tensor.of(B, 3, 2), 0, Tensor.zeros(DType.FLOAT32, 2, 3)));
        assertMessage("expected a to have 2 axes, or 3 with a batch, but got float32[6]",
                () -> Gemm.multiply(1, Tensor.of(A, 6), a, 0, Tensor.zeros(DType.FLOAT32, 2, 3)));
        assertMessage("expected b to be float32 or float64 with 2 axes, but got int32[2, 2]",
                () -> Gemm.packB(Tensor.zeros(DType.INT32, 2, 2)));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
