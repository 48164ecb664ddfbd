package dev.lanewise.bench.verify;

import dev.lanewise.core.testkit.Fault;

/** Does not add the bias. */
public final class BiaslessProvider extends FaultyProvider {
    /** For the service loader. */
    public BiaslessProvider() {
        super("biasless", Fault.BIAS_LOST);
    }
}
