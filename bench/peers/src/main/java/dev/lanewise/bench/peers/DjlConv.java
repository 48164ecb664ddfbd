package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import org.jspecify.annotations.Nullable;

/** DJL's {@code Conv2d.conv2d} on its PyTorch engine, in a JVM of its own, which takes the time. */
public final class DjlConv implements ConvPeer {
    private @Nullable DjlProcess process;

    /** For {@link java.util.ServiceLoader}. */
    public DjlConv() {
    }

    @Override
    public String name() {
        return "djl";
    }

    @Override
    public String describe() {
        return "DJL: Conv2d.conv2d on its PyTorch engine in a process of its own, which allocates y in each call";
    }

    @Override
    public ConvContestant prepare(ConvProblem problem, int threads) {
        if (process == null || process.threads() != threads) {
            process = new DjlProcess(threads);
        }
        return new Run(problem, process);
    }

    private record Run(ConvProblem problem, DjlProcess process) implements ConvContestant {
        Run {
            process.prepare(problem.layer().toString());
        }

        @Override
        public String name() {
            return "djl";
        }

        @Override
        public String algorithm() {
            return process.version();
        }

        @Override
        public double flops() {
            return problem.shape().flops();
        }

        @Override
        public void call() {
            nanos(1);
        }

        @Override
        public long nanos(long calls) {
            return process.nanos(problem.layer().toString(), calls);
        }

        @Override
        public float[] output() {
            return process.output(problem.layer().toString());
        }

        @Override
        public void close() {
            process.close(problem.layer().toString());
        }
    }
}
