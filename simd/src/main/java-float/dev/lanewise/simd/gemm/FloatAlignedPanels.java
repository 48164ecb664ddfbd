package dev.lanewise.simd.gemm;

import dev.lanewise.simd.environment.LargeArrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Places for panels that begin a cache line, in an array that all threads of the process share: only large ones are known to have any ({@link LargeArrays}). It takes half a region of the heap, or
 * 256 KiB a processor where that is more.
 */
final class FloatAlignedPanels {
    /** Instead of a place, where all are taken. */
    static final int NONE = -1;
    private static final int FIRST = LargeArrays.BYTES_BEFORE_LINE / Float.BYTES;
    /** More threads at a time make do with arrays of their own. */
    private static final int MOST = 16;
    /** Those of this process, one a processor, or as many as the least of such arrays has; none where no array is known to have any. */
    static final FloatAlignedPanels SHARED = new FloatAlignedPanels(length(LargeArrays.leastLength(Float.BYTES)));

    final float[] elements;
    private final AtomicIntegerArray taken;

    /** @param length the elements of the array */
    FloatAlignedPanels(int length) {
        elements = new float[length];
        taken = new AtomicIntegerArray(Math.max(length - FIRST, 0) / FloatPanels.LENGTH);
    }

    private static int length(int least) {
        int wanted = Math.min(Runtime.getRuntime().availableProcessors(), MOST);
        return least == 0 ? 0 : Math.max(least, FIRST + wanted * FloatPanels.LENGTH);
    }

    /** Where a place for {@link FloatPanels#LENGTH} elements begins that nobody else has, or {@link #NONE}. */
    int take() {
        for (int i = 0; i < taken.length(); i++) {
            if (taken.get(i) == 0 && taken.compareAndSet(i, 0, 1)) {
                return FIRST + i * FloatPanels.LENGTH;
            }
        }
        return NONE;
    }

    /** Leaves a place to others. */
    void give(int place) {
        taken.set((place - FIRST) / FloatPanels.LENGTH, 0);
    }
}
