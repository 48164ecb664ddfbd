package dev.lanewise.bench.peers;

import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.operations.PanamaTensorOperations;
import com.github.tjake.jlama.util.MachineSpec;
import dev.lanewise.bench.gemm.GemmContestant;
import dev.lanewise.bench.gemm.GemmPeer;
import dev.lanewise.bench.gemm.GemmProblem;
import java.util.stream.IntStream;

/** Jlama's product on the Vector API, float32; one thread. It takes B transposed, and wants n a multiple of 4. */
public final class JlamaGemm implements GemmPeer {
    private static final String NAME = "jlama";
    private static final int TILE = 4;
    private static final int LANES = 16;

    /** For {@link java.util.ServiceLoader}. */
    public JlamaGemm() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "Jlama 0.8: batchDotProduct on the Vector API, B transposed before";
    }

    @Override
    public boolean supports(GemmProblem problem, int threads) {
        return threads == 1 && !problem.isDouble() && problem.m() % TILE == 0 && problem.n() % TILE == 0
                && problem.k() % LANES == 0;
    }

    @Override
    public GemmContestant prepare(GemmProblem problem, int threads) {
        return new Run(problem);
    }

    private static final class Run implements GemmContestant {
        private final PanamaTensorOperations operations = new PanamaTensorOperations(MachineSpec.VECTOR_TYPE);
        private final GemmProblem problem;
        private final FloatBufferTensor a;
        private final FloatBufferTensor b;
        private final FloatBufferTensor c;

        Run(GemmProblem problem) {
            this.problem = problem;
            this.a = tensor(problem.a().floats(), problem.m(), problem.k(), problem.k(), 1);
            this.b = tensor(problem.b().floats(), problem.n(), problem.k(), 1, problem.n());
            this.c = new FloatBufferTensor(problem.m(), problem.n());
        }

        private static FloatBufferTensor tensor(float[] values, int rows, int columns, int rowStride,
                int columnStride) {
            FloatBufferTensor tensor = new FloatBufferTensor(rows, columns);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    tensor.set(values[i * rowStride + j * columnStride], i, j);
                }
            }
            return tensor;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public double flops() {
            return problem.flops();
        }

        @Override
        public void call() {
            operations.batchDotProduct(c, a, b, 0, 0, problem.k());
        }

        @Override
        public double[] output() {
            return IntStream.range(0, problem.m() * problem.n())
                    .mapToDouble(i -> c.get(i / problem.n(), i % problem.n())).toArray();
        }

        @Override
        public boolean compiledByJvm() {
            return true;
        }

        @Override
        public void close() {
            a.close();
            b.close();
            c.close();
        }
    }
}
