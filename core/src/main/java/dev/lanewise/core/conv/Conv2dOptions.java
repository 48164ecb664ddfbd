package dev.lanewise.core.conv;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does beside the convolution itself. Only the epilogues and the flushing of weights change the result; threads, algorithm
 * and layout change no bit of it.
 *
 * @param workers the threads that a run may use
 * @param algorithm the name of the algorithm to use, or null to let the provider choose
 * @param epilogues the steps that finish each output element, in order; float32 and float64 only
 * @param flushesSubnormalWeights whether each subnormal weight counts as a zero of its sign
 * @param layout the layout that x and y will have; the plan takes tensors of any strides, but is fast with those
 */
public record Conv2dOptions(Workers workers, @Nullable String algorithm, List<Epilogue> epilogues,
        boolean flushesSubnormalWeights, ImageLayout layout) {
    /** The calling thread alone, the provider's choice of algorithm, no epilogue, all weights as they are, NCHW. */
    public static final Conv2dOptions DEFAULT = new Conv2dOptions(Workers.sequential(), null);

    /** Copies the list. */
    public Conv2dOptions {
        epilogues = List.copyOf(epilogues);
    }

    /** Without epilogues, with all weights as they are, and for NCHW. */
    public Conv2dOptions(Workers workers, @Nullable String algorithm) {
        this(workers, algorithm, List.of(), false, ImageLayout.NCHW);
    }

    /** With these threads. */
    public Conv2dOptions withWorkers(Workers workers) {
        return new Conv2dOptions(workers, algorithm, epilogues, flushesSubnormalWeights, layout);
    }

    /** With this algorithm, or null for the provider's choice. */
    public Conv2dOptions withAlgorithm(@Nullable String algorithm) {
        return new Conv2dOptions(workers, algorithm, epilogues, flushesSubnormalWeights, layout);
    }

    /** With these epilogues, in this order. */
    public Conv2dOptions withEpilogues(Epilogue... epilogues) {
        return new Conv2dOptions(workers, algorithm, List.of(epilogues), flushesSubnormalWeights, layout);
    }

    /**
     * With or without flushing of the weights: each subnormal one becomes a zero of its sign when the plan is made, and the plan gives, bit
     * for bit, what it would give for such weights. The bias, x, and what is computed from them stay as they are.
     *
     * <p>A network has subnormal weights where training drove them towards zero. Many processors multiply by them in microcode,
     * a hundred times slower than otherwise, and Java has no switch for that.
     */
    public Conv2dOptions withFlushedSubnormalWeights(boolean flushesSubnormalWeights) {
        return new Conv2dOptions(workers, algorithm, epilogues, flushesSubnormalWeights, layout);
    }

    /**
     * For x and y in this layout.
     *
     * @see ImageLayout#zeros
     */
    public Conv2dOptions withLayout(ImageLayout layout) {
        return new Conv2dOptions(workers, algorithm, epilogues, flushesSubnormalWeights, layout);
    }

    /** The weight that a provider has to compute with, weight [Cout, Cin/groups, R, S]: the given one, or a flushed copy of it. */
    public Tensor effectiveWeight(Tensor weight) {
        return flushesSubnormalWeights ? Subnormals.flushed(weight) : weight;
    }

    /** Whether a run takes a residual tensor. */
    public boolean addsResidual() {
        return epilogues.stream().anyMatch(Epilogue.AddResidual.class::isInstance);
    }
}
