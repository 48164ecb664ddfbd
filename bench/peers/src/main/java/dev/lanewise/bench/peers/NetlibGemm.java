package dev.lanewise.bench.peers;

import dev.lanewise.bench.gemm.GemmContestant;
import dev.lanewise.bench.gemm.GemmPeer;
import dev.lanewise.bench.gemm.GemmProblem;
import dev.ludovic.netlib.blas.JavaBLAS;

/** netlib's Java BLAS, which uses the Vector API, too; one thread. */
public final class NetlibGemm implements GemmPeer {
    private static final String NAME = "netlib";
    private static final String NO = "N";

    /** For {@link java.util.ServiceLoader}. */
    public NetlibGemm() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        JavaBLAS blas = JavaBLAS.getInstance();
        return "netlib " + blas.getClass().getSimpleName() + ": sgemm or dgemm on Java arrays";
    }

    @Override
    public boolean supports(GemmProblem problem, int threads) {
        return threads == 1;
    }

    /** Its matrices are column-major, so it computes the transposed product of the transposed matrices. */
    @Override
    public GemmContestant prepare(GemmProblem problem, int threads) {
        JavaBLAS blas = JavaBLAS.getInstance();
        int m = problem.m();
        int n = problem.n();
        int k = problem.k();
        if (problem.isDouble()) {
            double[] a = problem.a().doubles();
            double[] b = problem.b().doubles();
            double[] c = new double[m * n];
            return new JavaGemm(NAME, problem, () -> blas.dgemm(NO, NO, n, m, k, 1, b, n, a, k, 0, c, n), c);
        }
        float[] a = problem.a().floats();
        float[] b = problem.b().floats();
        float[] c = new float[m * n];
        return new JavaGemm(NAME, problem, () -> blas.sgemm(NO, NO, n, m, k, 1, b, n, a, k, 0, c, n), c);
    }
}
