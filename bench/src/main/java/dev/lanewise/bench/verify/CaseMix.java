package dev.lanewise.bench.verify;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dCases;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Cases of all kinds: an algorithm for depthwise or 1x1 layers would see too few of them among the others. */
final class CaseMix {
    private CaseMix() {
    }

    /** Most of them tiny. */
    static Arbitrary<Conv2dCase> of(DType... dtypes) {
        return Arbitraries.frequencyOf(Tuple.of(4, Conv2dCases.of(dtypes)), Tuple.of(1, Conv2dCases.depthwise(dtypes)),
                Tuple.of(1, Conv2dCases.pointwise(dtypes)));
    }

    /** Several register tiles and cache blocks large. */
    static Arbitrary<Conv2dCase> large(DType... dtypes) {
        return Arbitraries.frequencyOf(Tuple.of(4, Conv2dCases.large(dtypes)),
                Tuple.of(1, Conv2dCases.depthwise(dtypes)), Tuple.of(1, Conv2dCases.largePointwise(dtypes)));
    }
}
