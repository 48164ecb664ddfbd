package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dErrorContract;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** {@link VerifiedContract}'s sibling for those who sum in an order of their own. */
@AddLifecycleHook(Watch.class)
public class VerifiedErrorContract extends Conv2dErrorContract {
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
        return ContractRun.current().dtypes();
    }

    @Override
    protected Arbitrary<Conv2dCase> cases() {
        return ContractRun.current().cases();
    }

    @Override
    protected Arbitrary<Conv2dCase> largeCases() {
        return ContractRun.current().largeCases();
    }
}
