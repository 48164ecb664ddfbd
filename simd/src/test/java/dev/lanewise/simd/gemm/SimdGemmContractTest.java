package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.gemm.GemmProviders;
import dev.lanewise.core.testkit.GemmContract;

/** The contract of matrix products on the Vector API. */
class SimdGemmContractTest extends GemmContract {
    @Override
    protected GemmProvider provider() {
        return GemmProviders.byName("simd");
    }
}
