package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups cover the strips, evenly, and give masks only where a kernel looks at them. */
class FloatStripKernelsTest {
    private static final long ALL = FloatDepthwiseKernels.ALL;
    private static final int MOST = FloatDepthwiseKernels.strips(3);
    private static final StripLoads LOADS = FloatDepthwiseKernels.loads(3, 1, 1);

    private static long[] masks(int strips) {
        long[] masks = new long[strips * LOADS.count()];
        Arrays.fill(masks, ALL);
        return masks;
    }

    private static int[] firsts(long[] masks) {
        return Arrays.stream(FloatStripKernels.groups(3, 1, LOADS, masks)).mapToInt(group -> group.first)
                .toArray();
    }

    @Test
    void groupsAreOfNearlyEqualSize() {
        int[] expected = MOST == 2 ? new int[] {0, 1, 3} : new int[] {0, 2};
        assertArrayEquals(expected, firsts(masks(5)));
    }

    @Test
    void groupsCoverTheStrips() {
        for (int strips = 1; strips <= 20; strips++) {
            FloatStripKernels.Group[] groups = FloatStripKernels.groups(3, 1, LOADS, masks(strips));
            int next = 0;
            for (FloatStripKernels.Group group : groups) {
                assertEquals(next, group.first);
                assertEquals((group.last - group.first + 1) * LOADS.count(), group.masks.length);
                next = group.last + 1;
            }
            assertEquals(strips, next);
            assertEquals(Math.ceilDiv(strips, MOST), groups.length);
        }
    }

    @Test
    void theOutermostLoadsMayBeMasked() {
        long[] masks = masks(MOST);
        masks[0] = ALL - 1;
        masks[masks.length - 1] = ALL >> 1;
        FloatStripKernels.Group[] groups = FloatStripKernels.groups(3, 1, LOADS, masks);
        assertEquals(1, groups.length);
        assertEquals(FloatDepthwiseKernels.kernel(3, 1, MOST, LOADS.kind, true), groups[0].number);
        assertArrayEquals(masks, groups[0].masks);
    }

    @Test
    void stripsWithOtherMasksAreComputedOneByOne() {
        long[] masks = masks(MOST);
        masks[1] = ALL - 1;
        assertArrayEquals(IntStream.range(0, MOST).toArray(), firsts(masks));
    }
}
