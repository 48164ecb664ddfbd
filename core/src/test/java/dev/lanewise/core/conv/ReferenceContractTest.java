package dev.lanewise.core.conv;

import dev.lanewise.core.testkit.Conv2dContract;

/** The contract against the specification itself: layouts, threads and the algebra are what this is about. */
class ReferenceContractTest extends Conv2dContract {
    @Override
    protected Conv2dProvider provider() {
        return Conv2dProviders.reference();
    }
}
