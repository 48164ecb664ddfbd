package dev.lanewise.bench.gemm;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * A matrix product {@code C = A * B} with data, the same for all contestants; all matrices are row-major.
 *
 * @param m the rows of C and A
 * @param n the columns of C and B
 * @param k the columns of A and rows of B
 * @param a [m, k]
 * @param b [k, n]
 */
public record GemmProblem(int m, int n, int k, Tensor a, Tensor b) {
    /** With random values between -1 and 1. */
    static GemmProblem of(GemmSize size, DType dtype) {
        SplittableRandom random = new SplittableRandom(1);
        return new GemmProblem(size.m(), size.n(), size.k(), random(random, dtype, size.m(), size.k()),
                random(random, dtype, size.k(), size.n()));
    }

    private static Tensor random(SplittableRandom random, DType dtype, int rows, int columns) {
        double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
        if (dtype == DType.FLOAT64) {
            return Tensor.of(values, rows, columns);
        }
        float[] singles = new float[values.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) values[i];
        }
        return Tensor.of(singles, rows, columns);
    }

    /** The type of all matrices. */
    public DType dtype() {
        return a.dtype();
    }

    /** Whether it is float64; else it is float32. */
    public boolean isDouble() {
        return dtype() == DType.FLOAT64;
    }

    /** Multiplications and additions of the product. */
    public double flops() {
        return 2.0 * m * n * k;
    }

    /** The bytes of A, B and C: what has to be moved at least. */
    double bytes() {
        return (isDouble() ? Double.BYTES : Float.BYTES) * ((double) m * k + (double) k * n + (double) m * n);
    }
}
