package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;
import java.util.Optional;
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

    /** Everything: its process draws the values of a layer itself, and knows of no others. */
    @Override
    public Optional<String> lacks(Conv2dShape shape) {
        return Optional.of("values that are not drawn by its own process");
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
            process.prepare(problem.name());
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
            return process.nanos(problem.name(), calls);
        }

        @Override
        public Tensor output() {
            return Tensor.of(process.output(problem.name()), problem.shape().outputShape());
        }

        @Override
        public void close() {
            process.close(problem.name());
        }
    }
}
