package dev.lanewise.core.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.PlainGemm;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said about a call beyond BLAS: batches, packed operands, residuals, who computes, blocks of one array. */
class GemmCallTest {
    /** [2, 3] */
    private static final float[] A = {1, 2, 3, 4, 5, 6};
    /** [3, 2] */
    private static final float[] B = {7, 8, 9, 10, 11, 12};

    /** Counts the products that it is asked for. */
    private static final class Counting implements GemmProvider {
        private final GemmProvider plain = new PlainGemm();
        int products;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String describe() {
            return "counting: the plain one, with a counter";
        }

        @Override
        public boolean supports(DType dtype) {
            return plain.supports(dtype);
        }

        @Override
        public void multiply(GemmCall call) {
            products++;
            plain.multiply(call);
        }

        @Override
        public PackedMatrix packA(Tensor a) {
            return plain.packA(a);
        }

        @Override
        public PackedMatrix packB(Tensor b) {
            return plain.packB(b);
        }
    }

    @Test
    void batchesHaveStridesOfTheirOwn() {
        // A [2, 1, 2] with 1 between, B [2, 2, 1] with 2 between, C [2, 1, 1] with 3 between
        double[] a = {1, 2, -1, 3, 4};
        double[] b = {10, 1, -1, -1, 100, 1};
        double[] c = {-1, -1, -1, -1, -1};
        new GemmCall().sizes(1, 1, 2).batch(2, 3, 4, 3).a(a, 0, 2, 1).b(b, 0, 1, 1).c(c, 1, 1, 1).run();
        assertArrayEquals(new double[] {-1, 12, -1, -1, 304}, c);
    }

    @Test
    void bothOperandsMayBePacked() {
        Tensor a = Tensor.of(A, 2, 3);
        Tensor b = Tensor.of(B, 3, 2);
        float[] c = new float[4];
        new GemmCall().a(A, 0, 1, 1).sizes(2, 2, 3).a(Gemm.packA(a)).b(Gemm.packB(b)).c(c, 0, 2, 1).run();
        assertArrayEquals(new float[] {58, 64, 139, 154}, c);
    }

    /** Alpha is that of the type, and with none a provider is not asked. */
    @ParameterizedTest
    @CsvSource({"1, 3, 1", "1, 0, 0", "0, 3, 0", "-0.0, 3, 0", "1e-50, 3, 0"})
    void onlyProductsAreLeftToTheProvider(double alpha, int k, int products) {
        Counting provider = new Counting();
        float[] c = {1, 2, 3, 4};
        new GemmCall().provider(provider).sizes(2, 2, k).alpha(alpha).beta(2).a(A, 0, 3, 1).b(B, 0, 2, 1)
                .c(c, 0, 2, 1).run();
        assertEquals(products, provider.products);
        assertArrayEquals(products == 0 ? new float[] {2, 4, 6, 8} : new float[] {60, 68, 145, 162}, c);
    }

    @Test
    void aTinyFactorOfDoublesCounts() {
        Counting provider = new Counting();
        double[] c = new double[1];
        GemmCall call = new GemmCall().provider(provider).sizes(1, 1, 1).a(new double[] {1}, 0, 1, 1)
                .b(new double[] {2}, 0, 1, 1).c(c, 0, 1, 1);
        call.alpha(1e-50).run();
        assertEquals(2e-50, c[0]);
        assertEquals(1, provider.products);
        call.alpha(0).run();
        assertEquals(0, c[0]);
        assertEquals(1, provider.products);
    }

    /** Without rows, columns or products nothing is done, and no array needs to have a place for it. */
    @ParameterizedTest
    @CsvSource({"0, 2, 1", "2, 0, 1", "2, 2, 0"})
    void nothingToDo(int m, int n, int batch) {
        Counting provider = new Counting();
        new GemmCall().provider(provider).sizes(m, n, 3).batch(batch, 0, 0, 0).a(new float[9], 0, 3, 1)
                .b(new float[9], 0, 3, 1).c(new float[0], 0, 0, 0).run();
        assertEquals(0, provider.products);
    }

    @Test
    void withoutColumnsOfAThereIsNoArrayOfAToRead() {
        float[] c = {1, 2, 3, 4};
        new GemmCall().sizes(2, 2, 0).beta(3).a(new float[0], 0, 7, 1).b(new float[0], 0, 7, 1).c(c, 0, 2, 1).run();
        assertArrayEquals(new float[] {3, 6, 9, 12}, c);
    }

    // ---- calls that are used again ----

    /** More calls at a time than are kept: an executor that multiplies itself before it takes a task. */
    @Test
    void callsMayNest() {
        AtomicInteger depth = new AtomicInteger();
        AtomicInteger right = new AtomicInteger();
        Executor executor = new Executor() {
            @Override
            public void execute(Runnable task) {
                if (depth.incrementAndGet() < 10) {
                    multiply(this, right);
                }
                task.run();
            }
        };
        multiply(executor, right);
        assertEquals(10, depth.get());
        assertEquals(10, right.get());
    }

    private static void multiply(Executor executor, AtomicInteger right) {
        float[] c = new float[4];
        Gemm.sgemm(false, false, 2, 2, 3, 1, A, 0, 3, B, 0, 2, 0, c, 0, 2, Workers.on(executor, 2));
        assertArrayEquals(new float[] {58, 64, 139, 154}, c);
        right.incrementAndGet();
    }

    /** A call that waits for its next use keeps nobody's arrays alive. */
    @Test
    void letsGoOfTheArrays() throws InterruptedException {
        List<WeakReference<float[]>> arrays = multiplyNewOnes();
        for (int i = 0; i < 100 && arrays.stream().anyMatch(array -> array.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        arrays.forEach(array -> assertNull(array.get()));
    }

    private static List<WeakReference<float[]>> multiplyNewOnes() {
        float[] c = new float[4];
        float[] a = A.clone();
        float[] b = B.clone();
        Gemm.sgemm(false, false, 2, 2, 3, 1, a, 0, 3, b, 0, 2, 0, c, 0, 2);
        assertArrayEquals(new float[] {58, 64, 139, 154}, c);
        return Stream.of(a, b, c).map(WeakReference::new).toList();
    }

    // ---- one array ----

    /** A [4, 5], B [5, 3] and C [4, 3] in an array of rows of 8: A left, C right of it, B below. */
    @Test
    void blocksSideBySide() {
        float[] all = new float[9 * 8];
        Arrays.fill(all, 1);
        Gemm.sgemm(false, false, 4, 3, 5, 1, all, 0, 8, all, 4 * 8 + 2, 8, 0, all, 5, 8);
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 5, 5, 5}, Arrays.copyOfRange(all, 3 * 8, 4 * 8));
    }

    /** Columns 5 to 9 of rows of 8: the last two lie in the next row, where C is. */
    @Test
    void blocksThatReachIntoTheNextRowOverlap() {
        float[] all = new float[9 * 8];
        assertMessage(
                "c [4, 2] at offset 0 with row stride 8, column stride 1 overlaps a [4, 5] at offset 5 with row stride 8, "
                        + "column stride 1 in the same array",
                () -> Gemm.sgemm(false, false, 4, 2, 5, 1, all, 5, 8, new float[10], 0, 2, 0, all, 0, 8));
    }

    /** The blocks of each product lie a whole number of rows apart, or the next ones cover them. */
    @Test
    void blocksOfABatchSideBySide() {
        float[] all = new float[2 * 4 * 8];
        Arrays.fill(all, 1);
        float[] b = {1, 1, 1, 1, 2, 2, 2, 2};
        call(all, b).batch(2, 32, 4, 32).run();
        assertArrayEquals(new float[] {1, 1, 1, 1, 4, 1, 1, 1}, Arrays.copyOfRange(all, 3 * 8, 4 * 8));
        assertArrayEquals(new float[] {1, 1, 1, 1, 8, 1, 1, 1}, Arrays.copyOfRange(all, 7 * 8, 8 * 8));
        assertOverlaps(call(all, b).batch(2, 32, 4, 28));
        assertOverlaps(call(all, b).batch(2, 28, 4, 32));
        call(all, b).batch(1, 28, 4, 28).run(); // one has no next
    }

    /** A [4, 4] and C [4, 1] in rows of 8. */
    private static GemmCall call(float[] all, float[] b) {
        return new GemmCall().sizes(4, 1, 4).a(all, 0, 8, 1).b(b, 0, 1, 1).c(all, 4, 8, 1);
    }

    private static void assertOverlaps(GemmCall call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(String.valueOf(message).contains(" overlaps a "), message);
    }

    @Test
    void theResidualIsApart() {
        float[] all = new float[10];
        Arrays.fill(all, 1);
        GemmCall call = new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).b(B, 0, 2, 1).c(all, 3, 2, 1)
                .epilogues(Epilogue.addResidual());
        call.residual(all, 0, 0, 1).run();
        assertArrayEquals(new float[] {1, 1, 1, 59, 65, 140, 155, 1, 1, 1}, all);
        assertMessage(
                "c [2, 2] at offset 3 with row stride 2, column stride 1 overlaps residual [2, 2] at offset 6 with row stride 0, "
                        + "column stride 1 in the same array",
                call.residual(all, 6, 0, 1)::run);
        call.epilogues(Epilogue.relu()).run(); // who adds none needs none
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 2", "2, 3, 1"})
    void elementsOfCThatShareNothingMayHaveAnyStrides(int m, int rowStride, int n) {
        float[] c = new float[4];
        new GemmCall().sizes(m, n, 1).a(A, 0, 1, 1).b(B, 0, 1, 1).c(c, 0, rowStride, n == 1 ? 3 : 2).run();
        assertEquals(7, c[0]);
        assertEquals(14, c[rowStride]);
    }

    // ---- errors ----

    @ParameterizedTest
    @CsvSource({"-1, 2, 3, m, -1", "2, -2, 3, n, -2", "2, 2, -3, k, -3"})
    void sizesAreChecked(int m, int n, int k, String name, int size) {
        assertMessage("expected " + name + " to be at least 0, but got " + size,
                new GemmCall().sizes(m, n, k).a(A, 0, 3, 1).b(B, 0, 2, 1).c(new float[4], 0, 2, 1)::run);
    }

    @Test
    void theLastOfABatchLiesInTheArray() {
        GemmCall call = new GemmCall().sizes(2, 2, 3).a(A, 0, 3, 1).b(B, 0, 2, 1);
        assertMessage(
                "c [2, 2], a batch of 3, at offset 1 with row stride 2, column stride 1, batch stride 4 needs an array of 13 elements, "
                        + "but it has 12",
                call.batch(3, 0, 0, 4).c(new float[12], 1, 2, 1)::run);
        call.c(new float[13], 1, 2, 1).run();
        assertMessage(
                "a [2, 3], a batch of 2, at offset 0 with row stride 3, column stride 1, batch stride 1 needs an array of 7 elements, "
                        + "but it has 6",
                call.batch(2, 1, 0, 4)::run);
    }

    @Test
    void whatAnotherPackedIsRefused() {
        GemmCall call = new GemmCall().sizes(2, 2, 3).a(new PlainGemm().packA(Tensor.of(A, 2, 3))).b(B, 0, 2, 1)
                .c(new float[4], 0, 2, 1).provider(GemmProviders.reference());
        assertMessage("a was packed by the provider 'plain', which 'reference' cannot read", call::run);
    }

    @Test
    void theReferenceByItsName() {
        assertSame(GemmProviders.reference(), GemmProviders.byName("reference"));
        assertTrue(GemmProviders.reference().describe().startsWith("reference: "));
        assertFalse(GemmProviders.reference().supports(DType.INT32));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
