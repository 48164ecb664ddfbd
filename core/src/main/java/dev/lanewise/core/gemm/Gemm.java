package dev.lanewise.core.gemm;

import dev.lanewise.core.parallel.Pool;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;

/**
 * Matrix multiplication, {@code C = alpha * A * B + beta * C}: BLAS's sgemm and dgemm on arrays, and on tensors of any strides.
 *
 * <pre>{@code
 * Gemm.sgemm(false, false, m, n, k, 1, a, 0, k, b, 0, n, 0, c, 0, n);
 * Tensor y = Gemm.matmul(x, w);
 * }</pre>
 *
 * <p>Matrices are row-major. The leading dimension {@code ld} is the distance of two rows in elements, so a matrix may be a block of a larger one;
 * with {@code transA} the array holds A transposed, rows of m elements. What else there is, prepacked operands, batches, other strides: {@link GemmCall},
 * which also states the numerics. Results are the same bits whoever computes them, on any number of threads.
 *
 * <p>Errors are {@link IllegalArgumentException}s that name the argument and the sizes; C is untouched then.
 */
public final class Gemm {
    private static final Pool<GemmCall> CALLS = new Pool<>();

    private Gemm() {
    }

    // ---- on arrays ----

    /**
     * {@code C = alpha * op(A) * op(B) + beta * C} in float32 on the calling thread.
     *
     * @param transA whether {@code a} holds A transposed, [k, m]; else it holds A [m, k]
     * @param transB whether {@code b} holds B transposed, [n, k]; else it holds B [k, n]
     * @param m the rows of C and A
     * @param n the columns of C and B
     * @param k the columns of A and rows of B; with 0, A and B are not read
     * @param alpha the factor of the product; with 0, A and B are not read
     * @param a A, from {@code aOffset} on
     * @param lda the distance of two rows in {@code a}: at least k, with transA at least m
     * @param b B, from {@code bOffset} on
     * @param ldb the distance of two rows in {@code b}: at least n, with transB at least k
     * @param beta the factor of what C holds; with 0, C is not read
     * @param c C [m, n], from {@code cOffset} on; overlaps neither A nor B
     * @param ldc the distance of two rows in {@code c}: at least n
     */
    public static void sgemm(boolean transA, boolean transB, int m, int n, int k, float alpha, float[] a, int aOffset,
            int lda, float[] b, int bOffset, int ldb, float beta, float[] c, int cOffset, int ldc) {
        sgemm(transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
                Workers.sequential());
    }

    /** {@link #sgemm(boolean, boolean, int, int, int, float, float[], int, int, float[], int, int, float, float[], int, int)} with these threads. */
    public static void sgemm(boolean transA, boolean transB, int m, int n, int k, float alpha, float[] a, int aOffset,
            int lda, float[] b, int bOffset, int ldb, float beta, float[] c, int cOffset, int ldc, Workers workers) {
        checkLeadingDimensions(transA, transB, m, n, k, lda, ldb, ldc);
        GemmCall call = take();
        call.sizes(m, n, k).alpha(alpha).beta(beta).workers(workers);
        call.a(a, aOffset, transA ? 1 : lda, transA ? lda : 1);
        call.b(b, bOffset, transB ? 1 : ldb, transB ? ldb : 1);
        runAndGive(call.c(c, cOffset, ldc, 1));
    }

    /**
     * {@code C = alpha * op(A) * op(B) + beta * C} in float64 on the calling thread; the arguments are those of
     * {@link #sgemm(boolean, boolean, int, int, int, float, float[], int, int, float[], int, int, float, float[], int, int)}.
     */
    public static void dgemm(boolean transA, boolean transB, int m, int n, int k, double alpha, double[] a, int aOffset,
            int lda, double[] b, int bOffset, int ldb, double beta, double[] c, int cOffset, int ldc) {
        dgemm(transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
                Workers.sequential());
    }

    /** {@link #dgemm(boolean, boolean, int, int, int, double, double[], int, int, double[], int, int, double, double[], int, int)} with these threads. */
    public static void dgemm(boolean transA, boolean transB, int m, int n, int k, double alpha, double[] a, int aOffset,
            int lda, double[] b, int bOffset, int ldb, double beta, double[] c, int cOffset, int ldc, Workers workers) {
        checkLeadingDimensions(transA, transB, m, n, k, lda, ldb, ldc);
        GemmCall call = take();
        call.sizes(m, n, k).alpha(alpha).beta(beta).workers(workers);
        call.a(a, aOffset, transA ? 1 : lda, transA ? lda : 1);
        call.b(b, bOffset, transB ? 1 : ldb, transB ? ldb : 1);
        runAndGive(call.c(c, cOffset, ldc, 1));
    }

    private static void checkLeadingDimensions(boolean transA, boolean transB, int m, int n, int k, int lda, int ldb,
            int ldc) {
        GemmChecks.checkSize("m", m);
        GemmChecks.checkSize("n", n);
        GemmChecks.checkSize("k", k);
        GemmChecks.checkLeadingDimension("lda", lda, "A", m, k, transA);
        GemmChecks.checkLeadingDimension("ldb", ldb, "B", k, n, transB);
        GemmChecks.checkLeadingDimension("ldc", ldc, "C", m, n, false);
    }

    // ---- on tensors ----

    /** {@link #multiply(double, Tensor, Tensor, double, Tensor, Workers)} on the calling thread. */
    public static void multiply(double alpha, Tensor a, Tensor b, double beta, Tensor c) {
        multiply(alpha, a, b, beta, c, Workers.sequential());
    }

    /**
     * {@code C = alpha * A * B + beta * C} on tensors of any strides, without copies.
     *
     * @param a [m, k], or [batch, m, k]; a batch axis of size 1 or stride 0 serves for all products
     * @param b [k, n], or [batch, k, n]
     * @param c [m, n], or [batch, m, n]; overlaps neither A nor B
     */
    public static void multiply(double alpha, Tensor a, Tensor b, double beta, Tensor c, Workers workers) {
        int m = axis(c, "c", -2);
        int n = axis(c, "c", -1);
        int k = axis(a, "a", -1);
        int batch = c.rank() == 3 ? c.size(0) : 1;
        boolean fits = axis(a, "a", -2) == m && axis(b, "b", -2) == k && axis(b, "b", -1) == n && hasBatch(a, batch)
                && hasBatch(b, batch);
        if (!fits) {
            throw new IllegalArgumentException("shapes " + Shapes.format(a.shape()) + " of a and "
                    + Shapes.format(b.shape()) + " of b do not go together with " + Shapes.format(c.shape())
                    + " of c; expected [m, k], [k, n] and [m, n], or three axes with the batch first");
        }
        GemmCall call = take();
        call.sizes(m, n, k).alpha(alpha).beta(beta).workers(workers).operands(a, b, c);
        runAndGive(call.batch(batch, batchStride(a), batchStride(b), batchStride(c)));
    }

    /**
     * PyTorch's {@code matmul} in float32 or float64: {@link #matmul(Tensor, Tensor, Workers)} on the calling thread.
     */
    public static Tensor matmul(Tensor a, Tensor b) {
        return matmul(a, b, Workers.sequential());
    }

    /**
     * PyTorch's {@code matmul} in float32 or float64. A tensor with one axis counts as a row on the left and as a column on the right, and that axis is not in the
     * result; axes before the last two are batch axes and broadcast.
     *
     * @param a [..., m, k] or [k]
     * @param b [..., k, n] or [k]
     * @return a new contiguous tensor [..., m, n]
     */
    public static Tensor matmul(Tensor a, Tensor b, Workers workers) {
        return BatchedMatmul.of(a, b, workers);
    }

    private static int axis(Tensor tensor, String name, int axis) {
        if (tensor.rank() != 2 && tensor.rank() != 3) {
            throw new IllegalArgumentException(
                    "expected " + name + " to have 2 axes, or 3 with a batch, but got " + tensor);
        }
        return tensor.size(axis);
    }

    private static boolean hasBatch(Tensor tensor, int batch) {
        return tensor.rank() == 2 || tensor.size(0) == batch || tensor.size(0) == 1;
    }

    private static int batchStride(Tensor tensor) {
        return tensor.rank() == 2 || tensor.size(0) == 1 ? 0 : tensor.stride(0);
    }

    // ---- prepacked operands ----

    /**
     * Packs A for many products with {@link GemmCall#a(PackedMatrix)}.
     *
     * @param a [m, k] of any strides, float32 or float64, copied
     */
    public static PackedMatrix packA(Tensor a) {
        return GemmProviders.chosen().packA(packable(a, "a"));
    }

    /**
     * Packs B for many products with {@link GemmCall#b(PackedMatrix)}.
     *
     * @param b [k, n] of any strides, float32 or float64, copied
     */
    public static PackedMatrix packB(Tensor b) {
        return GemmProviders.chosen().packB(packable(b, "b"));
    }

    private static Tensor packable(Tensor tensor, String name) {
        if (tensor.rank() != 2 || !tensor.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be float32 or float64 with 2 axes, but got " + tensor);
        }
        return tensor;
    }

    // ---- calls that are used again ----

    private static GemmCall take() {
        GemmCall call = CALLS.take();
        return call == null ? new GemmCall() : call;
    }

    private static void runAndGive(GemmCall call) {
        try {
            call.run();
        } finally {
            call.reset();
            CALLS.give(call);
        }
    }

    /** The types must be told before sizes are, as PyTorch does. */
    static void checkTypes(Tensor a, Tensor b) {
        if (a.dtype() != b.dtype()) {
            throw new IllegalArgumentException("expected m1 and m2 to have the same dtype, but got: "
                    + a.dtype().nativeName() + " != " + b.dtype().nativeName());
        }
        if (a.dtype() != DType.FLOAT32 && a.dtype() != DType.FLOAT64) {
            throw new IllegalArgumentException(
                    "matmul takes float32 or float64 tensors, but got " + a.dtype().label());
        }
    }
}
