package dev.lanewise.bench.peers;

import dev.lanewise.bench.gemm.GemmContestant;
import dev.lanewise.bench.gemm.GemmProblem;
import java.util.stream.IntStream;

/** A product by a Java library, on Java arrays. */
final class JavaGemm implements GemmContestant {
    private final String name;
    private final GemmProblem problem;
    private final Runnable product;
    private final Object c;

    /**
     * A product.
     *
     * @param product computes C
     * @param c C [m, n], a float[] or double[]
     */
    JavaGemm(String name, GemmProblem problem, Runnable product, Object c) {
        this.name = name;
        this.problem = problem;
        this.product = product;
        this.c = c;
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
        product.run();
    }

    @Override
    public double[] output() {
        return c instanceof float[] floats
                ? IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray()
                : ((double[]) c).clone();
    }

    @Override
    public boolean compiledByJvm() {
        return true;
    }
}
