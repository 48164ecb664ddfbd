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
            super("POINTWISE");
        }

        @Override
        protected Arbitrary<Conv2dCase> cases() {
            return Conv2dCases.pointwise(DType.FLOAT32, DType.FLOAT64);
        }

        @Override
        protected Arbitrary<Conv2dCase> largeCases() {
            return Conv2dCases.largePointwise(DType.FLOAT32, DType.FLOAT64);
        }
    }

    @Group
    class Depthwise extends Forced {
        Depthwise() {
            super("DEPTHWISE");
        }

        @Override
        protected Arbitrary<Conv2dCase> cases() {
            return Conv2dCases.depthwise(DType.FLOAT32, DType.FLOAT64);
        }

        @Override
        protected Arbitrary<Conv2dCase> largeCases() {
            return cases();
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

        Forced(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected Conv2dProvider provider() {
            return simd();
        }

        @Override
        protected Conv2dOptions options() {
            return Conv2dOptions.DEFAULT.withAlgorithm(algorithm);
        }
    }
}
