package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dCases;
import dev.lanewise.core.testkit.Conv2dContract;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** The contract of the subject that is being verified. jqwik makes the instances, so a scoped value tells them which that is. */
@AddLifecycleHook(VerifiedContract.Watch.class)
public class VerifiedContract extends Conv2dContract {
    /** The run that this thread is in. */
    static final ScopedValue<ContractRun> RUN = ScopedValue.newInstance();

    @Override
    protected Conv2dProvider provider() {
        return RUN.get().subject().provider();
    }

    @Override
    protected Conv2dOptions options() {
        return RUN.get().subject().options();
    }

    @Override
    protected DType[] dtypes() {
        return RUN.get().subject().dtypes().toArray(DType[]::new);
    }

    /** An algorithm for depthwise layers would see too few of them among the others. */
    @Override
    protected Arbitrary<Conv2dCase> cases() {
        return Arbitraries.frequencyOf(Tuple.of(4, Conv2dCases.of(dtypes())),
                Tuple.of(1, Conv2dCases.depthwise(dtypes())));
    }

    /** As for {@link #cases()}. */
    @Override
    protected Arbitrary<Conv2dCase> largeCases() {
        return Arbitraries.frequencyOf(Tuple.of(4, Conv2dCases.large(dtypes())),
                Tuple.of(1, Conv2dCases.depthwise(dtypes())));
    }

    /** Tells the run of each try. */
    static final class Watch implements AroundTryHook {
        @Override
        public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
            if (RUN.get().isSmallEnough()) {
                return TryExecutionResult.satisfied(); // as far as shrinking is concerned, which this ends
            }
            TryExecutionResult result = attempt.execute(parameters);
            RUN.get().tried(parameters.isEmpty() ? null : (Conv2dCase) parameters.getFirst(), result.isSatisfied());
            return result;
        }

        @Override
        public PropagationMode propagateTo() {
            return PropagationMode.ALL_DESCENDANTS;
        }
    }
}
