package dev.lanewise.core.gemm;

import dev.lanewise.core.epilogue.EpilogueSteps;
import dev.lanewise.core.numerics.Fma;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/**
 * The specification of matrix multiplication, as a provider: plain Java, one element of C after the other.
 *
 * <p>{@code v = (beta == 0 ? +0 : beta * C)}; for each block of KC = 256 k in order {@code v = fma(alpha, blockSum, v)}, where the block sum
 * starts at +0 and takes one fused multiply-add for each k, rising.
 */
public final class ReferenceGemm implements GemmProvider {
    private static final int KC = NumericsContract.KC;

    /** The one that {@link GemmProviders} hands out has the same state: none. */
    public ReferenceGemm() {
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String describe() {
        return "reference: plain Java loops, one fused multiply-add at a time";
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype.isFloatingPoint();
    }

    @Override
    public PackedMatrix packA(Tensor a) {
        return new Copy(this, PackedMatrix.Side.A, a);
    }

    @Override
    public PackedMatrix packB(Tensor b) {
        return new Copy(this, PackedMatrix.Side.B, b);
    }

    @Override
    public void multiply(GemmCall call) {
        Places a = Places.of(call.a());
        Places b = Places.of(call.b());
        Places c = Places.of(call.c());
        Places r = call.hasResidual() ? Places.of(call.residual()) : c;
        EpilogueSteps epilogues = new EpilogueSteps(call.epilogues());
        boolean single = call.dtype() == DType.FLOAT32;
        call.workers().run(call.batch() * call.m(), (task, worker) -> { // a row of C
            int matrix = task / call.m();
            int i = task % call.m();
            int row = a.at(matrix, i, 0);
            for (int j = 0; j < call.n(); j++) {
                int column = b.at(matrix, 0, j);
                int element = c.at(matrix, i, j);
                int place = r.at(matrix, i, j);
                if (single) {
                    float[] values = (float[]) c.array;
                    float value = float32(call, a, row, b, column, values, element);
                    values[element] = epilogues.apply(value, ((float[]) r.array)[place]);
                } else {
                    double[] values = (double[]) c.array;
                    double value = float64(call, a, row, b, column, values, element);
                    values[element] = epilogues.apply(value, ((double[]) r.array)[place]);
                }
            }
        });
    }

    private static float float32(GemmCall call, Places a, int row, Places b, int column, float[] c, int element) {
        float alpha = (float) call.alpha();
        float beta = (float) call.beta();
        float value = beta == 0 ? 0 : beta * c[element];
        for (int start = 0; alpha != 0 && start < call.k(); start += KC) {
            int end = Math.min(start + KC, call.k());
            float[] x = (float[]) a.array;
            float[] y = (float[]) b.array;
            float sum = 0;
            for (int p = start; p < end; p++) {
                sum = Fma.fma(x[row + p * a.columnStride], y[column + p * b.rowStride], sum);
            }
            value = Fma.fma(alpha, sum, value);
        }
        return value;
    }

    private static double float64(GemmCall call, Places a, int row, Places b, int column, double[] c, int element) {
        double alpha = call.alpha();
        double beta = call.beta();
        double value = beta == 0 ? 0 : beta * c[element];
        for (int start = 0; alpha != 0 && start < call.k(); start += KC) {
            int end = Math.min(start + KC, call.k());
            double[] x = (double[]) a.array;
            double[] y = (double[]) b.array;
            double sum = 0;
            for (int p = start; p < end; p++) {
                sum = Fma.fma(x[row + p * a.columnStride], y[column + p * b.rowStride], sum);
            }
            value = Fma.fma(alpha, sum, value);
        }
        return value;
    }

    /** Where the elements of an operand lie, packed or not. */
    private record Places(Object array, int offset, int batchStride, int rowStride, int columnStride) {
        static Places of(GemmOperand operand) {
            if (operand.packed() instanceof Copy copy) {
                return new Places(copy.tensor.storage().array(), 0, 0, copy.tensor.stride(0), copy.tensor.stride(1));
            }
            return new Places(operand.packed() == null ? operand.array() : operand.packed(), operand.offset(),
                    operand.batchStride(), operand.rowStride(), operand.columnStride());
        }

        int at(int matrix, int i, int j) {
            return offset + matrix * batchStride + i * rowStride + j * columnStride;
        }
    }

    private static final class Copy extends PackedMatrix {
        final Tensor tensor;

        Copy(GemmProvider provider, Side side, Tensor tensor) {
            super(provider, side, tensor.dtype(), tensor.size(0), tensor.size(1));
            this.tensor = tensor.copy();
        }
    }
}
