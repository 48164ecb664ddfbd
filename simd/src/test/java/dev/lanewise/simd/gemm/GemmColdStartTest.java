package dev.lanewise.simd.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProviders;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.simd.warmup.Heat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain loops, then vector code: callers see no difference. */
@Tag("cold-start")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GemmColdStartTest {
    private static final int M = 61;
    private static final int N = 83;
    private static final int K = 300;

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT32", "FLOAT64"})
    void bitsAreThoseOfTheReferenceBeforeTheSwitchDuringAndAfter(DType dtype) {
        Random random = new Random(1);
        Tensor a = random(random, dtype, M, K);
        Tensor b = random(random, dtype, K, N);
        Tensor expected = Tensor.zeros(dtype, M, N);
        call(a, b, expected).provider(GemmProviders.reference()).run();

        Heat heat = GemmKinds.heat(call(a, b, expected));
        assertFalse(heat.isHot());
        try (Workers workers = Workers.threads(2)) {
            IntStream.range(0, 4).parallel().forEach(thread -> {
                Tensor c = Tensor.zeros(dtype, M, N);
                GemmCall call = call(a, b, c).workers(thread % 2 == 0 ? workers : Workers.sequential());
                for (int after = 0; after < 20; after += heat.isHot() ? 1 : 0) {
                    call.run();
                    Equality.assertSameBits(expected, c);
                }
            });
        }
        assertTrue(heat.isHot());
    }

    /** Packed before or after the switch, for plain loops as for vector code. */
    @Test
    void packedOperandsServeBoth() {
        Random random = new Random(2);
        Tensor a = random(random, DType.FLOAT32, M, K);
        Tensor b = random(random, DType.FLOAT32, K, N);
        Tensor expected = Tensor.zeros(DType.FLOAT32, M, N);
        call(a, b, expected).provider(GemmProviders.reference()).run();
        SimdGemm simd = new SimdGemm();
        Tensor c = Tensor.zeros(DType.FLOAT32, M, N);
        GemmCall call = call(a, b, c).provider(simd).a(simd.packA(a)).b(simd.packB(b));
        Heat heat = GemmKinds.heat(call);
        for (int after = 0; after < 20; after += heat.isHot() ? 1 : 0) {
            call.run();
            Equality.assertSameBits(expected, c);
        }
    }

    @Test
    void kindsAreThoseThatRunThroughTheSameCode() {
        Tensor a = Tensor.zeros(DType.FLOAT32, 400, 400);
        Heat heat = GemmKinds.heat(call(a, a, a).sizes(9, 10, 11));
        assertSame(heat, GemmKinds.heat(call(a, a, a).sizes(9, 10, 12)));
        List<GemmCall> others = List.of(call(a, a, a).sizes(9, 11, 11), call(a, a, a).sizes(8, 10, 11),
                call(a, a, a).sizes(9, 10, 257), call(a, a, a).sizes(9, 10, 11).beta(1),
                call(a, a.t(), a).sizes(9, 10, 11), call(a.t(), a, a).sizes(9, 10, 11));
        assertEquals(others.size() + 1,
                IntStream.rangeClosed(0, others.size())
                        .mapToObj(i -> i == 0 ? heat : GemmKinds.heat(others.get(i - 1))).distinct().count());
    }

    private static GemmCall call(Tensor a, Tensor b, Tensor c) {
        GemmCall call = new GemmCall().sizes(M, N, K).provider(new SimdGemm());
        if (c.dtype() == DType.FLOAT32) {
            return call.a(a.floats(), 0, a.stride(0), a.stride(1)).b(b.floats(), 0, b.stride(0), b.stride(1))
                    .c(c.floats(), 0, c.stride(0), c.stride(1));
        }
        return call.a(a.doubles(), 0, a.stride(0), a.stride(1)).b(b.doubles(), 0, b.stride(0), b.stride(1))
                .c(c.doubles(), 0, c.stride(0), c.stride(1));
    }

    private static Tensor random(Random random, DType dtype, int... shape) {
        Tensor tensor = Tensor.zeros(dtype, shape);
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                tensor.set(random.nextGaussian(), i, j);
            }
        }
        return tensor;
    }
}
