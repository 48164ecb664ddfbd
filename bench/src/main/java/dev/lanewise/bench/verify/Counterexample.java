package dev.lanewise.bench.verify;

import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.FalsifiedCase;
import org.jspecify.annotations.Nullable;

/**
 * A property that does not hold.
 *
 * @param property its name
 * @param reason what was wrong
 * @param conv2d the convolution for which it does not hold, or null if it is about none
 */
public record Counterexample(String property, String reason, @Nullable Conv2dCase conv2d) {
    /** The same for this convolution. */
    Counterexample with(Conv2dCase c) {
        return new Counterexample(property, reason, c);
    }

    /** What a property threw. */
    static Counterexample of(String property, Throwable thrown) {
        return thrown instanceof FalsifiedCase falsified
                ? new Counterexample(property, falsified.reason(), falsified.conv2dCase())
                : new Counterexample(property, thrown.toString(), null);
    }
}
