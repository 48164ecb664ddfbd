package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dCases;
import dev.lanewise.core.testkit.Conv2dContract;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The contract on the Vector API: by the provider's choice of algorithm, and by each algorithm alone. */
@SuppressWarnings("ClassCanBeStatic") // jqwik wants groups to be inner classes
class SimdContractTest {
    private static final DType[] TYPES = {DType.FLOAT32, DType.FLOAT64};

    @BeforeContainer
    static void sayOnWhat() {
        System.getLogger("dev.lanewise").log(System.Logger.Level.INFO,
                "the contract's properties run on " + simd().describe());
    }

    private static Conv2dProvider simd() {
        return Conv2dProviders.byName("simd");
    }

    @Group
    class Chosen extends Conv2dContract {
        @Override
        protected Conv2dProvider provider() {
            return simd();
        }
    }

    @Group
    class Im2colGemm extends Forced {
        Im2colGemm() {
            super("IM2COL_GEMM");
        }
    }

    @Group
    class Pointwise extends Forced {
        Pointwise() {
            super("POINTWISE", Conv2dCases.pointwise(TYPES), Conv2dCases.largePointwise(TYPES));
        }
    }

    @Group
    class Depthwise extends Forced {
        Depthwise() {
            super("DEPTHWISE", Conv2dCases.depthwise(TYPES), Conv2dCases.depthwise(TYPES));
        }
    }

    @Group
    class Direct extends Forced {
        Direct() {
            super("DIRECT");
        }
    }

    @Group
    class DirectChannels extends Forced {
        DirectChannels() {
            super("DIRECT_CHANNELS");
        }
    }

    @Group
    class Plain extends Forced {
        Plain() {
            super("PLAIN");
        }
    }

    /** A new algorithm comes with a group of its own here. */
    @Example
    void everyAlgorithmIsForcedOnce() {
        Set<String> forced = Arrays.stream(SimdContractTest.class.getDeclaredClasses())
                .filter(group -> group.getSuperclass() == Forced.class)
                .map(group -> group.getSimpleName().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        Set<String> listed = simd().algorithms().stream().map(name -> name.replace("_", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertEquals(listed, forced);
    }

    /** Every case is computed by the one algorithm: the suite draws none that it refuses. */
    abstract static class Forced extends Conv2dContract {
        private final String algorithm;
        private final Arbitrary<Conv2dCase> cases;
        private final Arbitrary<Conv2dCase> largeCases;

        Forced(String algorithm) {
            this(algorithm, Conv2dCases.of(TYPES), Conv2dCases.large(TYPES));
        }

        /** For one that computes few of all cases. */
        Forced(String algorithm, Arbitrary<Conv2dCase> cases, Arbitrary<Conv2dCase> largeCases) {
            this.algorithm = algorithm;
            this.cases = cases;
            this.largeCases = largeCases;
        }

        @Override
        protected Conv2dProvider provider() {
            return simd();
        }

        @Override
        protected Conv2dOptions options() {
            return Conv2dOptions.DEFAULT.withAlgorithm(algorithm);
        }

        @Override
        protected Arbitrary<Conv2dCase> cases() {
            return cases;
        }

        @Override
        protected Arbitrary<Conv2dCase> largeCases() {
            return largeCases;
        }
    }
}
