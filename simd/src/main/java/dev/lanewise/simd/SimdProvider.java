package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.conv.Algorithm;
import dev.lanewise.simd.conv.SimdPlan;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.environment.VectorWidth;
import dev.lanewise.simd.environment.WarmupMode;
import dev.lanewise.simd.gemm.RegisterTile;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolution on the Vector API, float32 and float64.
 *
 * <p>The class itself touches no vector: it can be loaded, and asked for its name, where the incubator module is missing.
 */
public final class SimdProvider implements Conv2dProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SimdProvider() {
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

    @Override
    public List<String> algorithms() {
        return Arrays.stream(Algorithm.values()).map(Enum::name).toList();
    }

    @Override
    public Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        return SimdPlan.make(shape, weight, bias, options);
    }

    @Override
    public Conv2dPlan replan(Conv2dPlan plan, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            Conv2dOptions options) {
        return plan instanceof SimdPlan simd
                ? simd.replan(shape, weight, bias, options)
                : plan(shape, weight, bias, options);
    }
}
