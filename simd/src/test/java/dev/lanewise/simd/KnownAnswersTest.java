package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.KnownAnswer;
import dev.lanewise.core.testkit.TorchCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
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

    @Test
    void mostCasesArePaddedWithZeros() {
        assertEquals(85, overPatches().size());
    }

    @TestFactory
    Stream<DynamicTest> everyAlgorithm() {
        List<KnownAnswer> cases = Stream.concat(TorchCases.conv2d().stream(), overPatches().stream()).toList();

        return SIMD.algorithms().stream().map(algorithm -> DynamicTest.dynamicTest(algorithm, () -> {
            List<String> taken = new ArrayList<>();
            for (KnownAnswer known : cases) {
                plan(known, algorithm).ifPresent(plan -> {
                    taken.add(known.name());
                    check(known, plan);
                });
            }
            assertTrue(taken.size() >= 3, algorithm + " took " + taken);
        }));
    }

    /** PyTorch's answers again, each as that of a 1x1 convolution over its patches: hardly any of its own cases has such a kernel. */
    private static List<KnownAnswer> overPatches() {
        return TorchCases.conv2d().stream().filter(known -> known.spec().paddingMode() == PaddingMode.ZEROS)
                .map(Patches::unfold).toList();
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
