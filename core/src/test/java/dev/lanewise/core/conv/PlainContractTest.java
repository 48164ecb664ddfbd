package dev.lanewise.core.conv;

import dev.lanewise.core.testkit.Conv2dContract;
import dev.lanewise.core.testkit.PlainProvider;

/** The contract written down twice: the reference against code that shares nothing with it. */
class PlainContractTest extends Conv2dContract {
    @Override
    protected Conv2dProvider provider() {
        return new PlainProvider();
    }
}
