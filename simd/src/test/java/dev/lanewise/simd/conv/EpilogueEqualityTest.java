package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Every algorithm with epilogues gives the reference's bits, on any layout of y and of the residual. */
class EpilogueEqualityTest {
    private static final List<Epilogue> KINDS = List.of(Epilogue.relu(), Epilogue.relu6(), Epilogue.clamp(-0.5, 1e30),
            Epilogue.hardSwish(),
            Epilogue.addResidual());

    @Property
    void agreesWithTheReference(@ForAll Algorithm algorithm,
            @ForAll @Size(max = 3) List<@IntRange(max = 4) Integer> kinds,
            @ForAll boolean single, @ForAll boolean transposed, @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 20) int channels, @ForAll long seed) {
        int groups = algorithm == Algorithm.DEPTHWISE ? channels : 1;
        DType dtype = single ? DType.FLOAT32 : DType.FLOAT64;
        Random random = new Random(seed);
        Tensor x = fill(Tensor.zeros(dtype, 2, channels, 5, width), random);
        int kernel = algorithm == Algorithm.POINTWISE ? 1 : 3;
        Tensor w = fill(Tensor.zeros(dtype, 2 * channels, channels / groups, kernel, kernel), random);
        Conv2dShape shape = Conv2dShape.of(x, w, null,
                Conv2dSpec.DEFAULT.withPadding(kernel / 2).withGroups(groups));
        Epilogue[] epilogues = kinds.stream().map(KINDS::get).toArray(Epilogue[]::new);
        Conv2dOptions options = Conv2dOptions.DEFAULT.withEpilogues(epilogues);
        Tensor residual = options.addsResidual() ? fill(output(shape, !transposed), random) : null;

        Tensor expected = run(Conv2dProviders.reference(), options, shape, x, w, residual, output(shape, false));
        Tensor actual = run(Conv2dProviders.byName("simd"),
                options.withAlgorithm(algorithm.name()).withWorkers(Workers.on(Thread::startVirtualThread, 2)),
                shape, x, w, residual, output(shape, transposed));
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 2 * channels; c++) {
                for (int p = 0; p < 5; p++) {
                    for (int q = 0; q < width; q++) {
                        long bits = Double.doubleToLongBits(expected.getDouble(n, c, p, q));
                        assertEquals(bits, Double.doubleToLongBits(actual.getDouble(n, c, p, q)),
                                algorithm + " at " + n + ", " + c + ", " + p + ", " + q);
                    }
                }
            }
        }
    }

    private static Tensor run(Conv2dProvider provider, Conv2dOptions options, Conv2dShape shape, Tensor x, Tensor w,
            @Nullable Tensor residual, Tensor y) {
        Conv2dPlan plan = provider.plan(shape, w, null, options);
        if (residual == null) {
            plan.run(x, y);
        } else {
            plan.run(x, residual, y);
        }
        return y;
    }

    /** As it should be, or with the columns apart from each other. */
    private static Tensor output(Conv2dShape shape, boolean transposed) {
        int[] sizes = shape.outputShape();
        return transposed
                ? Tensor.zeros(shape.dtype(), sizes[0], sizes[3], sizes[2], sizes[1]).transpose(1, 3)
                : Tensor.zeros(shape.dtype(), sizes);
    }

    private static Tensor fill(Tensor tensor, Random random) {
        for (var at = tensor.positions(); at.hasNext();) {
            tensor.storage().setDouble(at.next(), random.nextInt(50) == 0 ? Double.NaN : random.nextGaussian());
        }
        return tensor;
    }
}
