package dev.lanewise.core.conv;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does beside the convolution itself. Only the epilogues change the result; threads and algorithm change no bit of it.
 *
 * @param workers the threads that a run may use
 * @param algorithm the name of the algorithm to use, or null to let the provider choose
 * @param epilogues the steps that finish each output element, in order; float32 and float64 only
 */
public record Conv2dOptions(Workers workers, @Nullable String algorithm, List<Epilogue> epilogues) {
    /** The calling thread alone, the provider's choice of algorithm, no epilogue. */
    public static final Conv2dOptions DEFAULT = new Conv2dOptions(Workers.sequential(), null);

    /** Copies the list. */
    public Conv2dOptions {
        epilogues = List.copyOf(epilogues);
    }

    /** Without epilogues. */
    public Conv2dOptions(Workers workers, @Nullable String algorithm) {
        this(workers, algorithm, List.of());
    }

    /** With these threads. */
    public Conv2dOptions withWorkers(Workers workers) {
        return new Conv2dOptions(workers, algorithm, epilogues);
    }

    /** With this algorithm, or null for the provider's choice. */
    public Conv2dOptions withAlgorithm(@Nullable String algorithm) {
        return new Conv2dOptions(workers, algorithm, epilogues);
    }

    /** With these epilogues, in this order. */
    public Conv2dOptions withEpilogues(Epilogue... epilogues) {
        return new Conv2dOptions(workers, algorithm, List.of(epilogues));
    }

    /** Whether a run takes a residual tensor. */
    public boolean addsResidual() {
        return epilogues.stream().anyMatch(Epilogue.AddResidual.class::isInstance);
    }
}
