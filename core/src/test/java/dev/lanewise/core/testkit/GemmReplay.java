package dev.lanewise.core.testkit;

import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** {@link Replay} for matrix products. */
final class GemmReplay implements AroundTryHook {
    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
        TryExecutionResult result = attempt.execute(parameters);
        return result.isFalsified() && !parameters.isEmpty() && parameters.getFirst() instanceof GemmCase g
                ? TryExecutionResult.falsified(replayable(result.throwable().orElseGet(AssertionError::new), g))
                : result;
    }

    private static AssertionError replayable(Throwable failure, GemmCase g) {
        String message = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
        AssertionError replayable = new AssertionError(message + "\n    -D" + Replay.PROPERTY + "=\"" + g + "\"",
                failure);
        replayable.setStackTrace(failure.getStackTrace()); // by which jqwik sees, while it shrinks, that a failure is still the same
        return replayable;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
