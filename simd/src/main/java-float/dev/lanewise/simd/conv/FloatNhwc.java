package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import org.jspecify.annotations.Nullable;

/** The algorithms for images in NHWC. */
final class FloatNhwc {
    private FloatNhwc() {
    }

    /**
     * One of them: with a kernel of one tap, im2col copies each pixel once, which is what {@code POINTWISE} does here, and {@code DEPTHWISE}
     * is {@code DIRECT} with one channel per group.
     */
    static ConvAlgorithm algorithm(Algorithm algorithm, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            FloatEpilogue epilogue) {
        return switch (algorithm) {
            case IM2COL_GEMM, POINTWISE -> new FloatNhwcGemm(shape, weight, bias, epilogue);
            case DEPTHWISE, DIRECT -> new FloatNhwcDirect(shape, weight, bias, epilogue);
            case PLAIN -> new FloatPlain(shape, weight, bias, epilogue);
            case DIRECT_CHANNELS -> throw new AssertionError(algorithm); // refused by the selector
        };
    }
}
