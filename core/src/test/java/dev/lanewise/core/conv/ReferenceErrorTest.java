package dev.lanewise.core.conv;

import dev.lanewise.core.testkit.Conv2dErrorContract;
import dev.lanewise.core.testkit.ErrorBound;

/** The reference is as accurate as its order of summation promises. */
class ReferenceErrorTest extends Conv2dErrorContract {
    @Override
    protected Conv2dProvider provider() {
        return Conv2dProviders.reference();
    }

    @Override
    protected ErrorBound.Order order() {
        return ErrorBound.Order.BLOCKED;
    }
}
