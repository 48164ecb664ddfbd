package dev.lanewise.core.testkit;

import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** Ends the message of every failure with the line that runs its case alone. */
final class Replay implements AroundTryHook {
    /** The system property that holds the one case to run. */
    static final String PROPERTY = "lanewise.case";

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
        TryExecutionResult result = attempt.execute(parameters);
        return result.isFalsified() && !parameters.isEmpty() && parameters.getFirst() instanceof Conv2dCase c
                ? TryExecutionResult.falsified(new FalsifiedCase(result.throwable().orElseGet(AssertionError::new), c))
                : result;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
