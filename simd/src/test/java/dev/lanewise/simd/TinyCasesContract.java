package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dContract;
import net.jqwik.api.Arbitrary;

/** The contract where an operation takes microseconds: tiny cases, and few of them. */
abstract class TinyCasesContract extends Conv2dContract {
    private final Conv2dProvider provider;
    private final long mostFlops;

    TinyCasesContract(Conv2dProvider provider, long mostFlops) {
        this.provider = provider;
        this.mostFlops = mostFlops;
    }

    @Override
    protected Conv2dProvider provider() {
        return provider;
    }

    @Override
    protected Arbitrary<Conv2dCase> cases() {
        return super.cases().filter(c -> c.shape().flops() <= mostFlops);
    }

    @Override
    protected Arbitrary<Conv2dCase> largeCases() {
        return cases();
    }
}
