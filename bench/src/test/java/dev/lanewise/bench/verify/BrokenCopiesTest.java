package dev.lanewise.bench.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.BrokenProvider;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy of each algorithm that makes one mistake is found within 200 tries, and by a convolution that one can check by hand. */
class BrokenCopiesTest {
    private static final int TRIES = 200;
    /** Multiply-adds that one can do by hand: a 2x2 kernel on a pixel or two, say. */
    private static final int BY_HAND = 32;

    static Stream<Arguments> copies() {
        return Stream.of(Conv2dProviders.byName("simd"), Conv2dProviders.reference())
                .flatMap(provider -> provider.algorithms().stream()
                        .flatMap(algorithm -> BrokenProvider.FAULTS.stream()
                                .filter(fault -> canMake(fault, provider, algorithm))
                                .map(fault -> Arguments.of(provider, algorithm, fault))));
    }

    /** An algorithm that refuses padding, say, cannot read it as something else. */
    private static boolean canMake(Fault fault, Conv2dProvider provider, String algorithm) {
        String needed = switch (fault) {
            case STRIDES_SWAPPED -> "stride=1,2 padding=0,0";
            case PADDING_REPLICATED -> "stride=1,1 padding=1,1";
            default -> "stride=1,1 padding=0,0";
        };
        List<String> sizes = List.of("x=1,9,9 weight=1,1,3,3", "x=2,9,9 weight=2,2,1,1");
        return sizes.stream().anyMatch(each -> {
            Conv2dCase c = Conv2dCase.parse("dtype=float32 bias=false mode=zeros dilation=1,1 groups=1"
                    + " values=normals,normals layout=contiguous,contiguous,contiguous seed=0 " + needed + " " + each);
            try {
                provider.plan(c.shape(), c.weight(), null, Conv2dOptions.DEFAULT.withAlgorithm(algorithm));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("copies")
    void isFound(Conv2dProvider provider, String algorithm, Fault fault) {
        Subject broken = new Subject(Strength.BITWISE, new BrokenProvider(provider, fault), algorithm,
                List.of(DType.FLOAT32, DType.FLOAT64));
        ContractRun run = new ContractRun(broken, TRIES, 1, ValueKind.ANY, null);
        Optional<Counterexample> found = run.execute();

        assertTrue(found.isPresent(), "not found");
        assertEquals("agreesWithTheReference", found.get().property());
        assertTrue(run.done() < TRIES, "found after " + run.done() + " tries that held");
        Conv2dCase shrunk = found.get().conv2d();
        assertTrue(shrunk != null && shrunk.shape().flops() / 2 <= BY_HAND,
                "the smallest found is " + shrunk + ", for which " + found.get().reason());
    }
}
