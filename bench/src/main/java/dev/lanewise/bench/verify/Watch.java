package dev.lanewise.bench.verify;

import dev.lanewise.core.testkit.Conv2dCase;
import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** Tells the run of each try. */
final class Watch implements AroundTryHook {
    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
        ContractRun run = ContractRun.current();
        if (run.isSmallEnough()) {
            return TryExecutionResult.satisfied(); // as far as shrinking is concerned, which this ends
        }
        TryExecutionResult result = attempt.execute(parameters);
        run.tried(parameters.isEmpty() ? null : (Conv2dCase) parameters.getFirst(), result.isSatisfied());
        return result;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
