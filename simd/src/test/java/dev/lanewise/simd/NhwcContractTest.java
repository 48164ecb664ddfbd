package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dCases;
import dev.lanewise.core.testkit.Conv2dContract;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Group;
import org.jspecify.annotations.Nullable;

/** The contract on plans for NHWC, whose tensors may nevertheless lie in memory as they like. */
@SuppressWarnings("ClassCanBeStatic") // jqwik wants groups to be inner classes
class NhwcContractTest {
    @Group
    class Chosen extends Planned {
        Chosen() {
            super(null);
        }
    }

    @Group
    class Im2colGemm extends Planned {
        Im2colGemm() {
            super("IM2COL_GEMM");
        }
    }

    @Group
    class Pointwise extends Planned {
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
    class Depthwise extends Planned {
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

    /** Of at most 256 taps. */
    @Group
    class Direct extends Planned {
        Direct() {
            super("DIRECT");
        }

        @Override
        protected Arbitrary<Conv2dCase> cases() {
            return super.cases().filter(1000, NhwcContractTest::isOneBlock);
        }

        @Override
        protected Arbitrary<Conv2dCase> largeCases() {
            return cases();
        }
    }

    private static boolean isOneBlock(Conv2dCase drawn) {
        return drawn.weightShape().stream().skip(1).reduce(1, Math::multiplyExact) <= NumericsContract.KC;
    }

    /** Plans for NHWC, by the provider's choice or by one algorithm. */
    abstract static class Planned extends Conv2dContract {
        private final @Nullable String algorithm;

        Planned(@Nullable String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected Conv2dProvider provider() {
            return Conv2dProviders.byName("simd");
        }

        @Override
        protected Conv2dOptions options() {
            return Conv2dOptions.DEFAULT.withAlgorithm(algorithm).withLayout(ImageLayout.NHWC);
        }
    }
}
