package dev.lanewise.bench.peers;

import dev.lanewise.bench.gemm.GemmContestant;
import dev.lanewise.bench.gemm.GemmPeer;
import dev.lanewise.bench.gemm.GemmProblem;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/** EJML, plain Java. */
public final class EjmlGemm implements GemmPeer {
    private static final String NAME = "ejml";

    /** For {@link java.util.ServiceLoader}. */
    public EjmlGemm() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "EJML " + EjmlVersion.VERSION + ": mult of dense row-major matrices";
    }

    @Override
    public boolean supports(GemmProblem problem, int threads) {
        return true;
    }

    @Override
    public GemmContestant prepare(GemmProblem problem, int threads) {
        EjmlConcurrency.setMaxThreads(threads);
        int m = problem.m();
        int n = problem.n();
        int k = problem.k();
        if (problem.isDouble()) {
            DMatrixRMaj a = DMatrixRMaj.wrap(m, k, problem.a().doubles());
            DMatrixRMaj b = DMatrixRMaj.wrap(k, n, problem.b().doubles());
            DMatrixRMaj c = new DMatrixRMaj(m, n);
            return new JavaGemm(NAME, problem,
                    threads == 1 ? () -> CommonOps_DDRM.mult(a, b, c) : () -> CommonOps_MT_DDRM.mult(a, b, c), c.data);
        }
        FMatrixRMaj a = FMatrixRMaj.wrap(m, k, problem.a().floats());
        FMatrixRMaj b = FMatrixRMaj.wrap(k, n, problem.b().floats());
        FMatrixRMaj c = new FMatrixRMaj(m, n);
        return new JavaGemm(NAME, problem,
                threads == 1 ? () -> CommonOps_FDRM.mult(a, b, c) : () -> CommonOps_MT_FDRM.mult(a, b, c), c.data);
    }
}
