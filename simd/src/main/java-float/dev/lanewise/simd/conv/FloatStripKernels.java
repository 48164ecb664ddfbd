package dev.lanewise.simd.conv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which depthwise kernels compute all strips of output columns, each kernel a group of strips that lie side by side. */
final class FloatStripKernels {
    /** The strips of one call. */
    static final class Group {
        final int first;
        final int last;
        /** The kernel's number. */
        final int number;
        /** For each load of each strip which lanes may be used. */
        final long[] masks;

        private Group(int first, int last, int number, long[] masks) {
            this.first = first;
            this.last = last;
            this.number = number;
            this.masks = masks;
        }
    }

    private final int size;
    private final int stride;
    private final StripLoads loads;
    private final long[] masks;

    /** @param masks for each load of each strip which lanes may be used */
    private FloatStripKernels(int size, int stride, StripLoads loads, long[] masks) {
        this.size = size;
        this.stride = stride;
        this.loads = loads;
        this.masks = masks;
    }

    /** Groups of nearly equal size. */
    static Group[] groups(int size, int stride, StripLoads loads, long[] masks) {
        FloatStripKernels kernels = new FloatStripKernels(size, stride, loads, masks);
        int strips = masks.length / loads.count();
        int count = Math.ceilDiv(strips, FloatDepthwiseKernels.strips(size));
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kernels.add(i * strips / count, (i + 1) * strips / count - 1, groups);
        }
        return groups.toArray(new Group[0]);
    }

    /** Kernels for several strips blend away pixels only in the outermost loads; where there are more, the strips are computed one by one. */
    private void add(int first, int last, List<Group> groups) {
        long[] used = Arrays.copyOfRange(masks, first * loads.count(), (last + 1) * loads.count());
        if (first < last && !isWhole(used, 1, used.length - 1)) {
            for (int strip = first; strip <= last; strip++) {
                add(strip, strip, groups);
            }
            return;
        }
        boolean border = !isWhole(used, 0, used.length);
        int number = FloatDepthwiseKernels.kernel(size, stride, last - first + 1, loads.kind, border);
        groups.add(new Group(first, last, number, used));
    }

    private static boolean isWhole(long[] masks, int from, int to) {
        return Arrays.stream(masks, from, to).allMatch(mask -> mask == FloatDepthwiseKernels.ALL);
    }
}
