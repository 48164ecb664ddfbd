package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dContract;
import dev.lanewise.core.testkit.PlainProvider;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/**
 * The reference where it emulates the float32 fused multiply-add, against {@link Math#fma}, which is exact and takes microseconds there:
 * few and tiny cases.
 */
@Tag("no-fma")
@PropertyDefaults(tries = 20)
class NoFmaContractTest extends Conv2dContract {
    private static final int MOST_FLOPS = 2_000;

    @Override
    protected Conv2dProvider provider() {
        return new PlainProvider();
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
