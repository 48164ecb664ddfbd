package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmOperand;
import dev.lanewise.core.gemm.PackedMatrix;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.simd.warmup.Heat;
import dev.lanewise.simd.warmup.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A product on dummies that runs through the same code as a caller's, but with few k: a micro-kernel is compiled after so many calls, however short they are.
 *
 * <p>The rows or the columns of a dummy all lie in one place, so it takes no memory to speak of.
 */
final class GemmRehearsal implements Rehearsal {
    /** Enough for C2 to see a loop after its least number of calls (600), and too few for it to compile the loop alone before (on-stack replacement). */
    private static final int FEW = 25;

    /** From so many columns on products are computed otherwise; a multiple of NR. */
    private static final int MANY = 512;

    private final GemmCall call;

    private GemmRehearsal(GemmCall call) {
        this.call = call;
    }

    /** The heat of a call's kind, which is made hot by dummies like it; of the call itself only packed operands are kept until then. */
    static Heat heat(GemmCall call) {
        return Heat.of(new Model(call.dtype(), call.m(), call.n(), call.k(), call.beta(), Side.of(call.a()),
                Side.of(call.b()), Side.of(call.c())));
    }

    @Override
    public void vector() {
        SimdGemm.vector(call);
    }

    @Override
    public void plain() {
        SimdGemm.plain(call);
    }

    /** What of a call decides through which code it runs. */
    private record Model(DType dtype, int m, int n, int k, double beta, Side a, Side b, Side c)
            implements
                Supplier<List<Rehearsal>> {
        /** First few k and few columns, which the micro-kernels that do most of the work need; at last the same m and n, with all their edges. */
        @Override
        public List<Rehearsal> get() {
            int few = n < MANY ? Math.min(n, MANY / 8 + n % (MANY / 8)) : n;
            List<Rehearsal> rehearsals = new ArrayList<>();
            rehearsals.add(new GemmRehearsal(dummy(few, Math.min(k, FEW))));
            if (k > NumericsContract.KC) { // the second block of k has code of its own
                rehearsals.add(new GemmRehearsal(dummy(few, NumericsContract.KC + FEW)));
            }
            rehearsals.add(new GemmRehearsal(dummy(n, Math.min(k, NumericsContract.KC + FEW))));
            return rehearsals;
        }

        private GemmCall dummy(int n, int k) {
            GemmCall call = new GemmCall().sizes(m, n, k).beta(beta);
            if (a.packed != null) {
                call.a(a.packed);
            } else if (dtype == DType.FLOAT32) {
                call.a(new float[a.length(m, k)], 0, a.rowStride(), a.columnStride());
            } else {
                call.a(new double[a.length(m, k)], 0, a.rowStride(), a.columnStride());
            }
            if (b.packed != null) {
                call.b(b.packed);
            } else if (dtype == DType.FLOAT32) {
                call.b(new float[b.length(k, n)], 0, b.rowStride(), b.columnStride());
            } else {
                call.b(new double[b.length(k, n)], 0, b.rowStride(), b.columnStride());
            }
            return dtype == DType.FLOAT32
                    ? call.c(new float[c.length(m, n)], 0, c.rowStride(), c.columnStride())
                    : call.c(new double[c.length(m, n)], 0, c.rowStride(), c.columnStride());
        }
    }

    /** The layout of an operand: which elements are neighbours. */
    private record Side(@Nullable PackedMatrix packed, boolean rowMajor, boolean columnMajor) {
        static Side of(GemmOperand operand) {
            boolean rowMajor = operand.columnStride() == 1;
            return new Side(operand.packed(), rowMajor, !rowMajor && operand.rowStride() == 1);
        }

        int rowStride() {
            return columnMajor ? 1 : 0;
        }

        int columnStride() {
            return columnMajor ? 0 : rowMajor ? 1 : 2;
        }

        int length(int rows, int columns) {
            return columnMajor ? rows : rowMajor ? columns : 2 * columns;
        }
    }
}
