package dev.lanewise.core.conv;

import dev.lanewise.core.parallel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * How a plan computes; nothing here changes a bit of the result.
 *
 * @param workers the threads that a run may use
 * @param algorithm the name of the algorithm to use, or null to let the provider choose
 */
public record Conv2dOptions(Workers workers, @Nullable String algorithm) {
    /** The calling thread alone, the provider's choice of algorithm. */
    public static final Conv2dOptions DEFAULT = new Conv2dOptions(Workers.sequential(), null);

    /** With these threads. */
    public Conv2dOptions withWorkers(Workers workers) {
        return new Conv2dOptions(workers, algorithm);
    }

    /** With this algorithm, or null for the provider's choice. */
    public Conv2dOptions withAlgorithm(@Nullable String algorithm) {
        return new Conv2dOptions(workers, algorithm);
    }
}
