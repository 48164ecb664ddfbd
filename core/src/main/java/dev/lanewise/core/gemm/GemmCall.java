package dev.lanewise.core.gemm;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One matrix product, or a batch of them, with everything that can be said about it; set up once, run as often as one likes.
 *
 * <pre>{@code
 * PackedMatrix weights = Gemm.packB(w);                              // w [k, n]
 * GemmCall call = new GemmCall().sizes(m, n, k).b(weights).workers(workers);
 * for (...) {
 *     call.a(x, 0, k, 1).c(y, 0, n, 1).run();                         // y = x * w
 * }
 * }</pre>
 *
 * <p>{@code C = alpha * A * B + beta * C} for C [m, n], A [m, k], B [k, n], row i and column j of each wherever its strides say. The numerics
 * are a contract: {@code v = (beta == 0 ? +0 : beta * C)}; for each block of 256 k in order {@code v = fma(alpha, blockSum, v)}; see
 * {@link dev.lanewise.core.numerics.NumericsContract}. With beta = 0, C is not read (it may hold NaN); with alpha = 0 or k = 0, A and B are not.
 *
 * <p>A call is for one thread at a time. It allocates nothing once warm on one thread.
 */
public final class GemmCall {
    private final GemmOperand a = new GemmOperand("a");
    private final GemmOperand b = new GemmOperand("b");
    private final GemmOperand c = new GemmOperand("c");
    private final GemmOperand residual = new GemmOperand("residual");
    private int m;
    private int n;
    private int k;
    private int batch = 1;
    private double alpha = 1;
    private double beta;
    private Workers workers = Workers.sequential();
    private List<Epilogue> epilogues = List.of();
    private @Nullable GemmProvider provider;

    /** A call for matrices of size 0: alpha = 1, beta = 0, one matrix, the calling thread alone. */
    public GemmCall() {
    }

    // ---- setting up ----

    /** C [m, n], A [m, k], B [k, n]. */
    public GemmCall sizes(int m, int n, int k) {
        this.m = m;
        this.n = n;
        this.k = k;
        return this;
    }

    /** A [m, k] with element (i, p) at {@code offset + i*rowStride + p*columnStride}. */
    public GemmCall a(float[] array, int offset, int rowStride, int columnStride) {
        a.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** A [m, k] with element (i, p) at {@code offset + i*rowStride + p*columnStride}. */
    public GemmCall a(double[] array, int offset, int rowStride, int columnStride) {
        a.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** A, packed before; one for the whole batch. */
    public GemmCall a(PackedMatrix packed) {
        a.set(packed);
        return this;
    }

    /** B [k, n] with element (p, j) at {@code offset + p*rowStride + j*columnStride}. */
    public GemmCall b(float[] array, int offset, int rowStride, int columnStride) {
        b.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** B [k, n] with element (p, j) at {@code offset + p*rowStride + j*columnStride}. */
    public GemmCall b(double[] array, int offset, int rowStride, int columnStride) {
        b.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** B, packed before; one for the whole batch. */
    public GemmCall b(PackedMatrix packed) {
        b.set(packed);
        return this;
    }

    /** C [m, n] with element (i, j) at {@code offset + i*rowStride + j*columnStride}. */
    public GemmCall c(float[] array, int offset, int rowStride, int columnStride) {
        c.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** C [m, n] with element (i, j) at {@code offset + i*rowStride + j*columnStride}. */
    public GemmCall c(double[] array, int offset, int rowStride, int columnStride) {
        c.set(array, offset, rowStride, columnStride);
        return this;
    }

    /**
     * A batch of {@code count} products; matrix i of an operand starts i times its stride behind the first one.
     *
     * @param aStride in elements; 0 where all products share one A; of no account where A is packed
     * @param bStride in elements; 0 where all products share one B; of no account where B is packed
     * @param cStride in elements
     */
    public GemmCall batch(int count, int aStride, int bStride, int cStride) {
        batch = count;
        a.setBatchStride(aStride);
        b.setBatchStride(bStride);
        c.setBatchStride(cStride);
        return this;
    }

    /** The factor of A * B, in float32 rounded to it. */
    public GemmCall alpha(double factor) {
        alpha = factor;
        return this;
    }

    /** The factor of what C holds, in float32 rounded to it. */
    public GemmCall beta(double factor) {
        beta = factor;
        return this;
    }

    /**
     * What is done to each finished element of C, in this order; with {@link Epilogue.AddResidual} a {@link #residual(float[], int, int, int) residual}
     * is needed.
     */
    public GemmCall epilogues(Epilogue... steps) {
        epilogues = List.of(steps);
        return this;
    }

    /** What {@link Epilogue.AddResidual} adds: R [m, n] with element (i, j) at {@code offset + i*rowStride + j*columnStride}; for a bias one stride is 0. One for the whole batch. */
    public GemmCall residual(float[] array, int offset, int rowStride, int columnStride) {
        residual.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** What {@link Epilogue.AddResidual} adds: R [m, n] with element (i, j) at {@code offset + i*rowStride + j*columnStride}; for a bias one stride is 0. One for the whole batch. */
    public GemmCall residual(double[] array, int offset, int rowStride, int columnStride) {
        residual.set(array, offset, rowStride, columnStride);
        return this;
    }

    /** The threads that may compute; they change no bit of the result. */
    public GemmCall workers(Workers threads) {
        workers = threads;
        return this;
    }

    /** Who computes, or null for the fastest one there is. */
    public GemmCall provider(@Nullable GemmProvider who) {
        provider = who;
        return this;
    }

    // ---- running ----

    /**
     * Computes.
     *
     * @throws IllegalArgumentException if a size is negative, an operand is missing, of another type than C or does not lie in its array, elements of C share
     * places with others or with those of A or B, or a packed operand does not fit; C is untouched then
     */
    public void run() {
        GemmProvider who = provider == null ? GemmProviders.chosen() : provider;
        GemmChecks.check(this, who);
        if (m == 0 || n == 0 || batch == 0) {
            return;
        }
        // a mere scaling is as fast in plain Java
        (k == 0 || isZero(alpha) ? GemmProviders.reference() : who).multiply(this);
        c.markModified();
    }

    /** In float32 a tiny factor is zero. */
    private boolean isZero(double factor) {
        return c.dtype() == DType.FLOAT32 ? (float) factor == 0 : factor == 0;
    }

    /** Ready for other sizes and operands, as new. */
    void reset() {
        a.clear();
        b.clear();
        c.clear();
        residual.clear();
        epilogues = List.of();
        batch(1, 0, 0, 0).alpha(1).beta(0).workers(Workers.sequential()).provider(null).sizes(0, 0, 0);
    }

    /** Takes operands from tensors; sizes and batch are the caller's business. */
    GemmCall operands(Tensor aTensor, Tensor bTensor, Tensor cTensor) {
        a.set(aTensor);
        b.set(bTensor);
        c.set(cTensor);
        return this;
    }

    // ---- asking ----

    /** The type that all operands have. */
    public DType dtype() {
        return c.dtype();
    }

    /** The rows of C and A. */
    public int m() {
        return m;
    }

    /** The columns of C and B. */
    public int n() {
        return n;
    }

    /** The columns of A and rows of B. */
    public int k() {
        return k;
    }

    /** How many products there are. */
    public int batch() {
        return batch;
    }

    /** The factor of A * B; exactly a float where C is float32 once cast to it. */
    public double alpha() {
        return alpha;
    }

    /** The factor of what C holds. */
    public double beta() {
        return beta;
    }

    /** The left operand. */
    public GemmOperand a() {
        return a;
    }

    /** The right operand. */
    public GemmOperand b() {
        return b;
    }

    /** The result. */
    public GemmOperand c() {
        return c;
    }

    /** What is done to each finished element of C. */
    public List<Epilogue> epilogues() {
        return epilogues;
    }

    /** What {@link Epilogue.AddResidual} adds; has an array only if that is among the epilogues. */
    public GemmOperand residual() {
        return residual;
    }

    /** Whether the epilogues read the residual. */
    public boolean hasResidual() {
        for (int i = 0; i < epilogues.size(); i++) { // without an iterator, which would be garbage
            if (epilogues.get(i) instanceof Epilogue.AddResidual) {
                return true;
            }
        }
        return false;
    }

    /** The threads that may compute. */
    public Workers workers() {
        return workers;
    }
}
