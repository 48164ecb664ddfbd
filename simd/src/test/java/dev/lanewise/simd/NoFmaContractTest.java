package dev.lanewise.simd;

import dev.lanewise.core.testkit.PlainProvider;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/** The reference where it emulates the float32 fused multiply-add, against {@link Math#fma}, which is exact and takes microseconds there. */
@Tag("no-fma")
@PropertyDefaults(tries = 20)
class NoFmaContractTest extends TinyCasesContract {
    NoFmaContractTest() {
        super(new PlainProvider(), 2_000);
    }
}
