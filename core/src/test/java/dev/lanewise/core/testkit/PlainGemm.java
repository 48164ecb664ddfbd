package dev.lanewise.core.testkit;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmOperand;
import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.gemm.PackedMatrix;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.Set;

/**
 * The contract of matrix products written down a second time, without a line of the reference. Slow where there is no FMA hardware. It makes the {@link Mistake}s that
 * it is asked for. Knows no epilogues.
 */
public final class PlainGemm implements GemmProvider {
    /** What a provider can do wrong. Whoever adds a property sees with them whether the kit still finds what it has to. */
    public enum Mistake {
        /** All of k in one fold. */
        ONE_LONG_FOLD,
        /** Two roundings a product. */
        MULTIPLY_THEN_ADD,
        /** Alpha is taken to A, not to the block sums. */
        ALPHA_FIRST,
        /** C is read though beta is 0. */
        READS_C,
        /** Beta times C is added last. */
        BETA_LAST,
        /** The last column is left out. */
        LAST_COLUMN_MISSING,
        /** A is read with its strides swapped. */
        A_TRANSPOSED,
        /** All products of a batch read the first B. */
        FIRST_B_ONLY,
        /** An element more is written behind the last one of C. */
        WRITES_BEHIND_C,
        /** A is overwritten. */
        WRITES_TO_A,
        /** A packed matrix is read when it is multiplied. */
        PACKED_NOT_COPIED,
        /** With more than one thread the last element is computed twice. */
        THREADS_ADD_UP
    }

    private static final int BLOCK = 256;
    private final Set<Mistake> mistakes;

    /** A provider that makes these mistakes; without any it keeps the contract. */
    public PlainGemm(Mistake... mistakes) {
        this.mistakes = Set.of(mistakes);
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String describe() {
        return "plain: the contract written down a second time, with the mistakes " + mistakes;
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype.isFloatingPoint();
    }

    @Override
    public PackedMatrix packA(Tensor a) {
        return new Kept(this, PackedMatrix.Side.A, makes(Mistake.PACKED_NOT_COPIED) ? a : a.copy());
    }

    @Override
    public PackedMatrix packB(Tensor b) {
        return new Kept(this, PackedMatrix.Side.B, makes(Mistake.PACKED_NOT_COPIED) ? b : b.copy());
    }

    private static final class Kept extends PackedMatrix {
        final Tensor tensor;

        Kept(GemmProvider provider, Side side, Tensor tensor) {
            super(provider, side, tensor.dtype(), tensor.size(0), tensor.size(1));
            this.tensor = tensor;
        }
    }

    private boolean makes(Mistake mistake) {
        return mistakes.contains(mistake);
    }

    @Override
    public void multiply(GemmCall call) {
        Object c = call.c().array();
        boolean isSingle = call.dtype() == DType.FLOAT32;
        for (int matrix = 0; matrix < call.batch(); matrix++) {
            for (int i = 0; i < call.m(); i++) {
                for (int j = 0; j < call.n() - (makes(Mistake.LAST_COLUMN_MISSING) ? 1 : 0); j++) {
                    int at = place(call.c(), matrix, i, j);
                    double value = isSingle
                            ? single(call, matrix, i, j, ((float[]) c)[at])
                            : element(call, matrix, i, j, ((double[]) c)[at]);
                    set(c, at, value);
                }
            }
        }
        int last = place(call.c(), call.batch() - 1, call.m() - 1, call.n() - 1);
        if (makes(Mistake.THREADS_ADD_UP) && call.workers().parallelism() > 1) {
            set(c, last, 2 * Array.getDouble(c, last));
        }
        if (makes(Mistake.WRITES_BEHIND_C) && last + 1 < Array.getLength(c)) {
            set(c, last + 1, 0);
        }
        if (makes(Mistake.WRITES_TO_A) && call.a().packed() == null) {
            set(call.a().array(), call.a().offset(), 0);
        }
    }

    private static void set(Object array, int at, double value) {
        if (array instanceof float[] floats) {
            floats[at] = (float) value;
        } else {
            ((double[]) array)[at] = value;
        }
    }

    private float single(GemmCall call, int matrix, int i, int j, float old) {
        float alpha = (float) call.alpha();
        float beta = (float) call.beta();
        float kept = beta == 0 && !makes(Mistake.READS_C) ? 0 : beta * old;
        float value = makes(Mistake.BETA_LAST) ? 0 : kept;
        float sum = 0;
        for (int p = 0; p < call.k(); p++) {
            float x = (float) a(call, matrix, i, p) * (makes(Mistake.ALPHA_FIRST) ? alpha : 1);
            float y = (float) b(call, matrix, p, j);
            sum = makes(Mistake.MULTIPLY_THEN_ADD) ? x * y + sum : Math.fma(x, y, sum);
            if (p == call.k() - 1 || (p % BLOCK == BLOCK - 1 && !makes(Mistake.ONE_LONG_FOLD))) {
                value = Math.fma(makes(Mistake.ALPHA_FIRST) ? 1 : alpha, sum, value);
                sum = 0;
            }
        }
        return makes(Mistake.BETA_LAST) ? value + kept : value;
    }

    private double element(GemmCall call, int matrix, int i, int j, double old) {
        double kept = call.beta() == 0 && !makes(Mistake.READS_C) ? 0 : call.beta() * old;
        double value = makes(Mistake.BETA_LAST) ? 0 : kept;
        double sum = 0;
        for (int p = 0; p < call.k(); p++) {
            double x = a(call, matrix, i, p) * (makes(Mistake.ALPHA_FIRST) ? call.alpha() : 1);
            double y = b(call, matrix, p, j);
            sum = makes(Mistake.MULTIPLY_THEN_ADD) ? x * y + sum : Math.fma(x, y, sum);
            if (p == call.k() - 1 || (p % BLOCK == BLOCK - 1 && !makes(Mistake.ONE_LONG_FOLD))) {
                value = Math.fma(makes(Mistake.ALPHA_FIRST) ? 1 : call.alpha(), sum, value);
                sum = 0;
            }
        }
        return makes(Mistake.BETA_LAST) ? value + kept : value;
    }

    private double a(GemmCall call, int matrix, int i, int p) {
        boolean swapped = makes(Mistake.A_TRANSPOSED) && call.m() == call.k();
        return read(call.a(), matrix, swapped ? p : i, swapped ? i : p);
    }

    private double b(GemmCall call, int matrix, int p, int j) {
        return read(call.b(), makes(Mistake.FIRST_B_ONLY) ? 0 : matrix, p, j);
    }

    private static double read(GemmOperand operand, int matrix, int i, int j) {
        if (operand.packed() instanceof Kept kept) {
            return kept.tensor.getDouble(i, j);
        }
        return Array.getDouble(operand.array(), place(operand, matrix, i, j));
    }

    private static int place(GemmOperand operand, int matrix, int i, int j) {
        return operand.offset() + matrix * operand.batchStride() + i * operand.rowStride()
                + j * operand.columnStride();
    }
}
