package dev.lanewise.bench.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import java.util.stream.IntStream;

/** Lanewise on Java arrays; nothing is packed before. */
final class LanewiseGemm implements GemmContestant {
    private final GemmProblem problem;
    private final Tensor c;
    private final GemmCall product;

    LanewiseGemm(GemmProblem problem, Workers workers) {
        this.problem = problem;
        this.c = Tensor.zeros(problem.dtype(), problem.m(), problem.n());
        this.product = new GemmCall().sizes(problem.m(), problem.n(), problem.k()).workers(workers)
                .provider(GemmProviders.byName("simd"));
        int k = problem.k();
        int n = problem.n();
        if (problem.isDouble()) {
            product.a(problem.a().doubles(), 0, k, 1).b(problem.b().doubles(), 0, n, 1).c(c.doubles(), 0, n, 1);
        } else {
            product.a(problem.a().floats(), 0, k, 1).b(problem.b().floats(), 0, n, 1).c(c.floats(), 0, n, 1);
        }
    }

    @Override
    public String name() {
        return "lanewise";
    }

    @Override
    public double flops() {
        return problem.flops();
    }

    @Override
    public void call() {
        product.run();
    }

    @Override
    public double[] output() {
        return problem.isDouble()
                ? c.doubles().clone()
                : IntStream.range(0, c.numel()).mapToDouble(i -> c.floats()[i]).toArray();
    }

    @Override
    public boolean compiledByJvm() {
        return true;
    }
}
