package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The specification, as a provider: plain Java, every type but bool, on any JVM. */
public final class ReferenceProvider implements Conv2dProvider {
    /** Its only algorithm. */
    public static final String ALGORITHM = "REFERENCE";

    /** The one that {@link Conv2dProviders} hands out has the same state: none. */
    public ReferenceProvider() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String describe() {
        return "reference: plain Java loops, one fused multiply-add at a time";
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype != DType.BOOL;
    }

    @Override
    public List<String> algorithms() {
        return List.of(ALGORITHM);
    }

    @Override
    public Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        String algorithm = options.algorithm();
        if (algorithm != null && !algorithm.equals(ALGORITHM)) {
            throw new IllegalArgumentException(
                    "the reference provider has no algorithm " + algorithm + ", only " + ALGORITHM);
        }
        return new ReferencePlan(shape, options.effectiveWeight(weight).copy(), bias == null ? null : bias.copy(),
                options);
    }
}
