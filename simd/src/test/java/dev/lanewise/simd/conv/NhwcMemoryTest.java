package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.core.testkit.Values;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a warm run of a plan for NHWC leaves behind: nothing. */
@Tag("memory")
class NhwcMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** How long C2 may take, until which each vector is an object. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /** Epilogues, with channels that fill no vector and some that do. */
    @ParameterizedTest
    @CsvSource({"16, 3, 1", "35, 3, 1", "35, 1, 1", "64, 3, 64", "40, 5, 40", "3, 3, 3", "32, 3, 8", "24, 3, 12"})
    void finishesWithoutAllocation(int channels, int kernel, int groups) {
        Tensor weight = Values.NORMALS.tensor(DType.FLOAT32, new int[] {channels, channels / groups, kernel, kernel},
                1);
        Tensor x = Values.NORMALS.tensor(DType.FLOAT32, new int[] {2, channels, 13, 9}, 2);
        Conv2dShape shape = Conv2dShape.of(x, weight, null,
                Conv2dSpec.DEFAULT.withPadding(kernel / 2).withGroups(groups));
        Tensor residual = Values.NORMALS.tensor(DType.FLOAT32, shape.outputShape(), 3);
        Conv2dOptions options = Conv2dOptions.DEFAULT.withEpilogues(new Epilogue.AddResidual(), new Epilogue.Relu());
        Tensor expected = Tensor.zeros(DType.FLOAT32, shape.outputShape());
        Conv2dProviders.reference().plan(shape, weight, null, options).run(x, residual, expected);
        Conv2dPlan plan = Conv2dProviders.byName("simd").plan(shape, weight, null,
                options.withLayout(ImageLayout.NHWC));
        Tensor y = ImageLayout.NHWC.zeros(DType.FLOAT32, shape.outputShape());
        Tensor images = ImageLayout.NHWC.copy(x);
        long least = Long.MAX_VALUE;
        for (long end = System.nanoTime() + PATIENCE.toNanos(); least > 0 && System.nanoTime() < end;) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            plan.run(images, residual, y);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes a run");
        Equality.assertSameBits(expected, y, plan.describe());
    }
}
