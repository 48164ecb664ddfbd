package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dContract;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/**
 * The vector code before it is compiled: every program runs it so for a while. The ladder does not let it run here, so the provider is made by
 * hand; an operation takes microseconds, so there are few and tiny cases.
 */
@Tag("no-c2")
@PropertyDefaults(tries = 20)
class NoC2ContractTest extends Conv2dContract {
    private static final int MOST_FLOPS = 20_000;

    @Override
    protected Conv2dProvider provider() {
        return new SimdProvider();
    }

    @Override
    protected Arbitrary<Conv2dCase> cases() {
        return super.cases().filter(c -> c.shape().flops() <= MOST_FLOPS);
    }

    @Override
    protected Arbitrary<Conv2dCase> largeCases() {
        return cases();
    }
}
