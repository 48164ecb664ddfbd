package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.gemm.PackedMatrix;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.environment.VectorWidth;
import dev.lanewise.simd.environment.WarmupMode;
import dev.lanewise.simd.warmup.Heat;

/**
 * Matrix multiplication on the Vector API. Found by {@link java.util.ServiceLoader}; programs use it through {@link dev.lanewise.core.gemm.Gemm}.
 *
 * <p>The class itself touches no vector: it can be loaded, and asked for its name, where the incubator module is missing.
 */
public final class SimdGemm implements GemmProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SimdGemm() {
    }

    @Override
    public String name() {
        return "simd";
    }

    /** A wrong width, or mode, shows here, before a class initializer meets it. */
    @Override
    public void check() {
        VectorWidth.shape();
        WarmupMode.chosen();
    }

    @Override
    public String describe() {
        check();
        return VectorEnvironment.describe() + ", " + RegisterTile.describe();
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype.isFloatingPoint();
    }

    /** By the vector code, once it is hot; until then by plain loops, which give the same bits. */
    @Override
    public void multiply(GemmCall call) {
        Heat heat = GemmKinds.heat(call);
        if (heat.isHot()) {
            vector(call);
        } else {
            long start = System.nanoTime();
            plain(call);
            heat.ranPlain(System.nanoTime() - start);
        }
    }

    static void vector(GemmCall call) {
        if (call.dtype() == DType.FLOAT32) {
            FloatGemm.multiply(call);
        } else {
            DoubleGemm.multiply(call);
        }
    }

    static void plain(GemmCall call) {
        if (call.dtype() == DType.FLOAT32) {
            FloatPlainGemm.multiply(call);
        } else {
            DoublePlainGemm.multiply(call);
        }
    }

    @Override
    public PackedMatrix packA(Tensor a) {
        return a.dtype() == DType.FLOAT32 ? FloatPackedMatrix.packA(this, a) : DoublePackedMatrix.packA(this, a);
    }

    @Override
    public PackedMatrix packB(Tensor b) {
        return b.dtype() == DType.FLOAT32 ? FloatPackedMatrix.packB(this, b) : DoublePackedMatrix.packB(this, b);
    }
}
