package dev.lanewise.bench.peers;

import dev.lanewise.bench.gemm.GemmContestant;
import dev.lanewise.bench.gemm.GemmPeer;
import dev.lanewise.bench.gemm.GemmProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.openblas.global.openblas_nolapack;

/** A native library's {@code sgemm} and {@code dgemm} on matrices in native memory. */
abstract sealed class NativeGemm implements GemmPeer {
    private final String name;

    NativeGemm(String name) {
        this.name = name;
    }

    /** OpenBLAS. */
    public static final class OpenBlas extends NativeGemm {
        /** For {@link java.util.ServiceLoader}. */
        public OpenBlas() {
            super("openblas");
        }

        @Override
        public String describe() {
            return "OpenBLAS " + version("openblas") + ": cblas_sgemm or cblas_dgemm, matrices in native memory";
        }

        @Override
        void setThreads(int threads) {
            openblas_nolapack.blas_set_num_threads(threads);
        }

        @Override
        void single(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
            openblas_nolapack.cblas_sgemm(openblas_nolapack.CblasRowMajor, openblas_nolapack.CblasNoTrans,
                    openblas_nolapack.CblasNoTrans, m, n, k, 1, a.floats(), k, b.floats(), n, 0, c.floats(), n);
        }

        @Override
        void twice(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
            openblas_nolapack.cblas_dgemm(openblas_nolapack.CblasRowMajor, openblas_nolapack.CblasNoTrans,
                    openblas_nolapack.CblasNoTrans, m, n, k, 1, a.doubles(), k, b.doubles(), n, 0, c.doubles(), n);
        }
    }

    /** MKL. */
    public static final class Mkl extends NativeGemm {
        /** For {@link java.util.ServiceLoader}. */
        public Mkl() {
            super("mkl");
        }

        @Override
        public String describe() {
            return "MKL " + version("mkl") + ": cblas_sgemm or cblas_dgemm, matrices in native memory";
        }

        @Override
        void setThreads(int threads) {
            OpenBlasFirst.ensure();
            mkl_rt.MKL_Set_Num_Threads(threads);
        }

        @Override
        void single(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
            mkl_rt.cblas_sgemm(mkl_rt.CblasRowMajor, mkl_rt.CblasNoTrans, mkl_rt.CblasNoTrans, m, n, k, 1, a.floats(),
                    k, b.floats(), n, 0, c.floats(), n);
        }

        @Override
        void twice(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
            mkl_rt.cblas_dgemm(mkl_rt.CblasRowMajor, mkl_rt.CblasNoTrans, mkl_rt.CblasNoTrans, m, n, k, 1,
                    a.doubles(), k, b.doubles(), n, 0, c.doubles(), n);
        }
    }

    /**
     * MKL makes its symbols global. What OpenBLAS has not looked up by then it finds there: it would be MKL under another name.
     */
    private static final class OpenBlasFirst {
        static {
            try (FloatPointer single = new FloatPointer(1f, 0f); DoublePointer twice = new DoublePointer(1d, 0d)) {
                openblas_nolapack.blas_set_num_threads(1);
                openblas_nolapack.cblas_sgemm(openblas_nolapack.CblasRowMajor, openblas_nolapack.CblasNoTrans,
                        openblas_nolapack.CblasNoTrans, 1, 1, 1, 1, single, 1, single, 1, 0, single.getPointer(1), 1);
                openblas_nolapack.cblas_dgemm(openblas_nolapack.CblasRowMajor, openblas_nolapack.CblasNoTrans,
                        openblas_nolapack.CblasNoTrans, 1, 1, 1, 1, twice, 1, twice, 1, 0, twice.getPointer(1), 1);
            }
        }

        private OpenBlasFirst() {
        }

        static void ensure() {
            // the class initialiser does it
        }
    }

    /** oneDNN, float32 only. */
    public static final class OneDnnSgemm extends NativeGemm {
        /** For {@link java.util.ServiceLoader}. */
        public OneDnnSgemm() {
            super("onednn");
        }

        @Override
        public String describe() {
            return OneDnn.version() + ": dnnl_sgemm, matrices in native memory";
        }

        @Override
        public boolean supports(GemmProblem problem, int threads) {
            return !problem.isDouble();
        }

        @Override
        void setThreads(int threads) {
            Loader.load(dnnl.class);
            OpenMp.setThreads(threads);
        }

        @Override
        void single(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
            int status = dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', m, n, k, 1, a.floats(), k, b.floats(), n, 0,
                    c.floats(), n);
            if (status != dnnl.dnnl_success) {
                throw new IllegalStateException("oneDNN failed with status " + status);
            }
        }

        @Override
        void twice(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
            throw new UnsupportedOperationException("oneDNN has no float64 product");
        }
    }

    /** Sets how many threads a call uses. */
    abstract void setThreads(int threads);

    /** {@code C = A * B} in float32. */
    abstract void single(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c);

    /** {@code C = A * B} in float64. */
    abstract void twice(int m, int n, int k, NativeMatrix a, NativeMatrix b, NativeMatrix c);

    /** The library's own version: what JavaCPP's artifact has before the hyphen. */
    private static String version(String artifact) {
        try {
            String version = Loader.getVersion("org.bytedeco", artifact);
            return version.substring(0, version.indexOf('-'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supports(GemmProblem problem, int threads) {
        return true;
    }

    @Override
    public GemmContestant prepare(GemmProblem problem, int threads) {
        setThreads(threads);
        return new Run(problem);
    }

    private final class Run implements GemmContestant {
        private final GemmProblem problem;
        private final NativeMatrix a;
        private final NativeMatrix b;
        private final NativeMatrix c;

        Run(GemmProblem problem) {
            this.problem = problem;
            this.a = NativeMatrix.of(problem.a());
            this.b = NativeMatrix.of(problem.b());
            this.c = new NativeMatrix(problem.dtype(), problem.m() * problem.n());
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double flops() {
            return problem.flops();
        }

        @Override
        public void call() {
            if (problem.isDouble()) {
                twice(problem.m(), problem.n(), problem.k(), a, b, c);
            } else {
                single(problem.m(), problem.n(), problem.k(), a, b, c);
            }
        }

        @Override
        public double[] output() {
            return c.toArray();
        }

        @Override
        public void close() {
            a.close();
            b.close();
            c.close();
        }
    }
}
