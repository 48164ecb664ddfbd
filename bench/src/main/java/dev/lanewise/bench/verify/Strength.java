package dev.lanewise.bench.verify;

import dev.lanewise.core.testkit.Conv2dProperties;

/** How close a provider has to come. */
public enum Strength {
    /** To the reference's bits. */
    BITWISE(VerifiedContract.class),
    /** Within the error that rounding explains, whatever the order of its sums. */
    ERROR_BOUND(VerifiedErrorContract.class);

    private final Class<? extends Conv2dProperties> contract;

    Strength(Class<? extends Conv2dProperties> contract) {
        this.contract = contract;
    }

    /** The properties. */
    Class<? extends Conv2dProperties> contract() {
        return contract;
    }
}
