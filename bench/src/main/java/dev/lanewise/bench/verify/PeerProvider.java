package dev.lanewise.bench.verify;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.RunChecks;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A native library as a provider, so that the test kit can look at it. It does not have the reference's bits. */
public final class PeerProvider implements Conv2dProvider {
    private final ConvPeer peer;

    /** Of this library. */
    public PeerProvider(ConvPeer peer) {
        this.peer = peer;
    }

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public String describe() {
        return peer.describe();
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype.isFloatingPoint() && lacks(simplest(dtype)).isEmpty();
    }

    /** What the simplest convolution of a type needs that it has no way to say; empty if there is nothing. */
    String lacksEverything(DType dtype) {
        return lacks(simplest(dtype)).orElse("");
    }

    private static Conv2dShape simplest(DType dtype) {
        return Conv2dShape.of(Tensor.zeros(dtype, 1, 1, 1), Tensor.zeros(dtype, 1, 1, 1, 1), null,
                Conv2dSpec.DEFAULT);
    }

    /** What of a convolution it has no way to say; nothing if it computes this one. */
    public Optional<String> lacks(Conv2dShape shape) {
        return peer.lacks(shape);
    }

    /** None: it chooses by itself. */
    @Override
    public List<String> algorithms() {
        return List.of();
    }

    @Override
    public Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        if (options.algorithm() != null || !options.epilogues().isEmpty()) {
            throw new IllegalArgumentException(name() + " takes neither algorithms nor epilogues here, but got "
                    + options);
        }
        lacks(shape).ifPresent(what -> {
            throw new IllegalArgumentException(name() + " cannot compute " + what);
        });
        return new Plan(peer, shape, weight.copy(), bias == null ? null : bias.copy(), options);
    }

    private record Plan(ConvPeer peer, Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options)
            implements
                Conv2dPlan {
        @Override
        public String algorithm() {
            return peer.name();
        }

        @Override
        public String describe() {
            return peer.describe();
        }

        @Override
        public long scratchBytes() {
            return 0; // nothing is known of it
        }

        @Override
        public void run(Tensor x, Tensor y) {
            new RunChecks(shape, options).check(x, y);
            if (y.numel() == 0) {
                return; // an empty batch needs no library
            }
            ConvProblem problem = new ConvProblem("a random convolution", shape, x.copy(), weight, bias);
            try (ConvContestant contestant = peer.prepare(problem, options.workers().parallelism())) {
                contestant.call();
                y.copyFrom(contestant.output());
            }
        }
    }
}
