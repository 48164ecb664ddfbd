package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * No algorithm takes more scratch than 1 MiB a thread beside one output row of a channel and the padded rows that it meets, whatever the
 * size of the layer: never the im2col matrix. Layers are planned, not computed.
 */
class ScratchTest {
    private static final long MIB = 1 << 20;
    /** Lest packing weights takes the time. */
    private static final int MAX_WEIGHTS = 1 << 19;

    @Property(tries = 400)
    void isBounded(@ForAll Algorithm algorithm, @ForAll boolean single, @ForAll ImageLayout layout,
            @ForAll @IntRange(min = 1, max = 3) int threads, @ForAll @IntRange(min = 1, max = 10_000) int inputs,
            @ForAll @IntRange(min = 1, max = 10_000) int outputs, @ForAll @IntRange(min = 1, max = 32) int groups,
            @ForAll @IntRange(min = 1, max = 15) int kernel, @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(max = 7) int padding, @ForAll @IntRange(min = 1, max = 8) int dilation,
            @ForAll @IntRange(min = 1, max = 3_000) int height, @ForAll @IntRange(min = 1, max = 20_000) int width) {
        int in = algorithm == Algorithm.DEPTHWISE ? 1 : Math.min(inputs, MAX_WEIGHTS / kernel / kernel / groups);
        int out = Math.min(outputs, MAX_WEIGHTS / kernel / kernel / groups / in);
        assertBounded(algorithm, layout, threads, single ? DType.FLOAT32 : DType.FLOAT64, in, out, kernel, height,
                width, Conv2dSpec.DEFAULT.withGroups(groups).withStride(stride).withPadding(padding)
                        .withDilation(dilation));
    }

    /** Sizes at which each part of some algorithm's scratch is the largest that there is. */
    @Property(tries = 400)
    void isBoundedWhereChannelsAreManyOrRowsAreWide(@ForAll Algorithm algorithm, @ForAll boolean single,
            @ForAll @IntRange(min = 16, max = 8_000) int inputs, @ForAll @IntRange(min = 16, max = 8_000) int outputs,
            @ForAll @IntRange(min = 1, max = 6) int halfKernel, @ForAll @IntRange(min = 1, max = 2) int stride,
            @ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 1, max = 8_000) int width) {
        int kernel = algorithm == Algorithm.POINTWISE ? 1 : 2 * halfKernel + 1;
        int in = Math.min(inputs, MAX_WEIGHTS / kernel / kernel / 16);
        int out = Math.min(outputs, MAX_WEIGHTS / kernel / kernel / in);
        assertBounded(algorithm, ImageLayout.NCHW, 1, single ? DType.FLOAT32 : DType.FLOAT64, in, out, kernel, height,
                width, Conv2dSpec.DEFAULT.withStride(stride).withPadding(kernel / 2));
    }

    private static void assertBounded(Algorithm algorithm, ImageLayout layout, int threads, DType dtype, int in,
            int out, int kernel, int height, int width, Conv2dSpec spec) {
        Conv2dOptions options = Conv2dOptions.DEFAULT.withLayout(layout).withAlgorithm(algorithm.name())
                .withWorkers(Workers.on(Runnable::run, threads));
        int[] x = {1, in * spec.groups(), height, width};
        Tensor weight = Tensor.zeros(dtype, out * spec.groups(), in, kernel, kernel);
        Conv2dPlan plan = plan(dtype, x, weight, spec, options);
        if (plan != null) {
            long bound = threads * (MIB + rows(plan.shape()));
            assertTrue(plan.scratchBytes() <= bound,
                    () -> plan.scratchBytes() + " bytes, but at most " + bound + " expected: " + plan.describe() + ", "
                            + plan.shape());
        }
    }

    /** Null for what is no convolution, or none that the algorithm computes. */
    private static @Nullable Conv2dPlan plan(DType dtype, int[] x, Tensor weight, Conv2dSpec spec,
            Conv2dOptions options) {
        try {
            Conv2dShape shape = Conv2dShape.of(dtype, x, weight, null, spec);
            return Conv2dProviders.byName("simd").plan(shape, weight, null, options);
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    /** One output row of a channel, and the padded rows of a group's channels that it meets, in whole strides: in bytes. */
    private static long rows(Conv2dShape shape) {
        int output = shape.columns().output();
        return shape.dtype().bytes() * (output
                + (long) shape.groupInputChannels() * length(shape.rows(), 1) * length(shape.columns(), output));
    }

    private static long length(Conv2dAxis axis, int outputs) {
        return (outputs + (axis.span() - 1) / axis.stride()) * (long) axis.stride();
    }
}
