package dev.lanewise.simd;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/** The vector code before it is compiled: every program runs it so for a while. The ladder does not let it run here, so the provider is made by hand. */
@Tag("no-c2")
@PropertyDefaults(tries = 20)
class NoC2ContractTest extends TinyCasesContract {
    NoC2ContractTest() {
        super(new SimdProvider(), 20_000);
    }
}
