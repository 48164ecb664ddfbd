package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.core.testkit.Values;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One layer, many image sizes: what is packed once, what is kept, and what a new size costs. */
class ImageSizesTest {
    private static final Conv2dSpec SPEC = Conv2dSpec.DEFAULT.withPadding(1);

    private final Conv2dProvider simd = Conv2dProviders.byName("simd");

    /** A thousand sizes through several algorithms (many channels: at least one): each makes one set of packed weights, and no plan is kept. */
    @ParameterizedTest
    @CsvSource({"64, 2", "256, 1"})
    void aThousandSizesKeepNoPlan(int channels, int algorithmsAtLeast) {
        Tensor weight = weight(channels);
        Set<String> algorithms = new HashSet<>();
        List<WeakReference<Conv2dPlan>> plans = new ArrayList<>();
        Conv2dPlan plan = simd.plan(shape(weight, 5, 5), weight, null, Conv2dOptions.DEFAULT);
        plan = simd.replan(plan, plan.shape(), weight, null, Conv2dOptions.DEFAULT); // what loads classes, which allocates
        long weightBytes = (long) Float.BYTES * weight.numel();
        int packing = 0;
        for (int i = 0; i < 1000; i++) {
            Conv2dShape shape = shape(weight, 3 + i % 40, 3 + i / 25);
            long before = allocated();
            Conv2dPlan next = simd.replan(plan, shape, weight, null, Conv2dOptions.DEFAULT);
            packing += allocated() - before > weightBytes ? 1 : 0;
            before = allocated();
            simd.replan(next, shape, weight, null, Conv2dOptions.DEFAULT); // with all classes loaded
            long cost = allocated() - before;
            assertTrue(cost < 64 * 1024, () -> cost + " bytes for " + next.describe());
            algorithms.add(next.algorithm());
            plans.add(new WeakReference<>(next));
            plan = next;
        }
        assertTrue(algorithms.size() >= algorithmsAtLeast, "only " + algorithms);
        assertTrue(packing < algorithms.size(), packing + " packings for " + algorithms);
        Conv2dPlan last = plan;
        assertSame(last, plans.getLast().get());
        plans.removeLast();
        for (int i = 0; i < 50 && plans.stream().anyMatch(reference -> reference.get() != null); i++) {
            System.gc();
        }
        assertEquals(0, plans.stream().filter(reference -> reference.get() != null).count(), "plans that are kept");
        assertEquals(last.shape(), shape(weight, 3 + 999 % 40, 3 + 999 / 25));
    }

    /** The layer's results over many sizes are those of plans made for each. */
    @Test
    void aLayerTakesAnySize() {
        Tensor small = Values.NORMALS.tensor(DType.FLOAT32, new int[] {40, 9, 3, 3}, 2);
        Conv2d layer = Conv2d.builder(9, 40, 3).spec(SPEC).build(small, null);
        for (int i = 0; i < 1000; i++) {
            int height = 1 + i * 7 % 33;
            int width = 1 + i * 11 % 41;
            Tensor x = Values.NORMALS.tensor(DType.FLOAT32, new int[] {1 + i % 2, 9, height, width}, i);
            Conv2dShape shape = Conv2dShape.of(x, small, null, SPEC);
            Tensor expected = Tensor.zeros(DType.FLOAT32, shape.outputShape());
            Conv2dProviders.reference().plan(shape, small, null, Conv2dOptions.DEFAULT).run(x, expected);
            Equality.assertSameBits(expected, layer.forward(x), () -> height + "x" + width);
        }
    }

    /** Weights of other sizes or steps that finish otherwise are not shared. */
    @Test
    void whatDoesNotFitIsPlannedAnew() {
        Tensor weight = weight(256);
        Conv2dPlan plan = simd.plan(shape(weight, 5, 5), weight, null, Conv2dOptions.DEFAULT);
        Tensor other = Values.NORMALS.tensor(DType.FLOAT32, new int[] {8, 4, 3, 3}, 3);
        Tensor x = Values.NORMALS.tensor(DType.FLOAT32, new int[] {1, 4, 9, 9}, 4);
        Conv2dShape shape = Conv2dShape.of(x, other, null, SPEC);
        Tensor expected = Tensor.zeros(DType.FLOAT32, shape.outputShape());
        Tensor actual = Tensor.zeros(DType.FLOAT32, shape.outputShape());
        simd.plan(shape, other, null, Conv2dOptions.DEFAULT).run(x, expected);
        simd.replan(plan, shape, other, null, Conv2dOptions.DEFAULT).run(x, actual);
        Equality.assertSameBits(expected, actual, "a plan of another layer's");
    }

    private static Tensor weight(int channels) {
        return Values.NORMALS.tensor(DType.FLOAT32, new int[] {channels, channels, 3, 3}, 1);
    }

    private static Conv2dShape shape(Tensor weight, int height, int width) {
        return Conv2dShape.of(DType.FLOAT32, new int[] {1, weight.size(1), height, width}, weight, null, SPEC);
    }

    /** The bytes that this thread has allocated so far. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
