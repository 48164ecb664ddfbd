package dev.lanewise.core.gemm;

import dev.lanewise.core.testkit.GemmContract;

/** The contract against the specification itself: the second writing of it, layouts, threads and the algebra are what this is about. */
class ReferenceGemmContractTest extends GemmContract {
    @Override
    protected GemmProvider provider() {
        return GemmProviders.reference();
    }
}
