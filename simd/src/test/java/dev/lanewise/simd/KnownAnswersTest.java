package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.KnownAnswer;
import dev.lanewise.core.testkit.TorchCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The Vector API against convolutions that PyTorch computed: by the provider's choice, and by every algorithm that takes them. */
class KnownAnswersTest {
    private static final Conv2dProvider SIMD = Conv2dProviders.byName("simd");

    @TestFactory
    Stream<DynamicTest> chosen() {
        List<KnownAnswer> cases = TorchCases.conv2d();

        assertEquals(100, cases.size());
        return cases.stream().map(known -> DynamicTest.dynamicTest(known.name(),
                () -> check(known, SIMD.plan(shape(known), known.weight(), known.bias(), Conv2dOptions.DEFAULT))));
    }

    @TestFactory
    Stream<DynamicTest> everyAlgorithm() {
        return SIMD.algorithms().stream().map(algorithm -> DynamicTest.dynamicTest(algorithm, () -> {
            List<String> taken = new ArrayList<>();
            for (KnownAnswer known : TorchCases.conv2d()) {
                plan(known, algorithm).ifPresent(plan -> {
                    taken.add(known.name());
                    check(known, plan);
                });
            }
            assertFalse(taken.isEmpty(), algorithm + " took none");
        }));
    }

    /** Nothing where the algorithm does not take the shape. */
    private static Optional<Conv2dPlan> plan(KnownAnswer known, String algorithm) {
        try {
            return Optional.of(SIMD.plan(shape(known), known.weight(), known.bias(),
                    Conv2dOptions.DEFAULT.withAlgorithm(algorithm)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Conv2dShape shape(KnownAnswer known) {
        return Conv2dShape.of(known.x(), known.weight(), known.bias(), known.spec());
    }

    private static void check(KnownAnswer known, Conv2dPlan plan) {
        Tensor y = Tensor.zeros(plan.shape().dtype(), plan.shape().outputShape());
        plan.run(known.x(), y);
        known.check(y);
    }
}
