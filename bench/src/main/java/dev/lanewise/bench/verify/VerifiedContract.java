package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dCases;
import dev.lanewise.core.testkit.Conv2dContract;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The contract of the subject that is being verified. jqwik makes the instances, so a scoped value tells them which that is. */
@AddLifecycleHook(Watch.class)
public class VerifiedContract extends Conv2dContract {
    @Override
    protected Conv2dProvider provider() {
        return ContractRun.current().subject().provider();
    }

    @Override
    protected Conv2dOptions options() {
        return ContractRun.current().subject().options();
    }

    @Override
    protected DType[] dtypes() {
        return ContractRun.current().subject().dtypes().toArray(DType[]::new);
    }

    @Override
    protected Arbitrary<Conv2dCase> cases() {
        return mixed(dtypes());
    }

    @Override
    protected Arbitrary<Conv2dCase> largeCases() {
        return mixedLarge(dtypes());
    }

    /** An algorithm for depthwise layers would see too few of them among the others. */
    static Arbitrary<Conv2dCase> mixed(DType... dtypes) {
        return Arbitraries.frequencyOf(Tuple.of(4, Conv2dCases.of(dtypes)),
                Tuple.of(1, Conv2dCases.depthwise(dtypes)));
    }

    /** As for {@link #mixed}. */
    static Arbitrary<Conv2dCase> mixedLarge(DType... dtypes) {
        return Arbitraries.frequencyOf(Tuple.of(4, Conv2dCases.large(dtypes)),
                Tuple.of(1, Conv2dCases.depthwise(dtypes)));
    }
}
