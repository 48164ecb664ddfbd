package dev.lanewise.simd.gemm;

import dev.lanewise.simd.environment.LargeArrays;

/**
 * Room for some panels of {@linkplain FloatPackedB packed B}, of one thread: while it holds one of the {@linkplain FloatAlignedPanels shared places}, which begin a cache line, there, and else in
 * an array of its own.
 */
public final class FloatPanels {
    /** The elements that there is room for: 256 KiB, which an L2 cache holds beside what else is at hand. */
    public static final int LENGTH = 256 * 1024 / Float.BYTES;
    /** Whether the room begins a cache line, unless more threads want some than there are places. */
    public static final boolean BEGIN_LINE = LargeArrays.leastLength(Float.BYTES) > 0;
    private static final float[] NO_ELEMENTS = {};

    private int place = FloatAlignedPanels.NONE;
    /** Made when all places are taken first. */
    private float[] own = NO_ELEMENTS;

    /** Room that is not taken yet. */
    public FloatPanels() {
    }

    /** Takes the room. */
    public void take() {
        place = FloatAlignedPanels.SHARED.take();
        if (place == FloatAlignedPanels.NONE && own.length == 0) {
            own = new float[LENGTH];
        }
    }

    /** Leaves the room to others, if it has been taken. */
    public void give() {
        if (place != FloatAlignedPanels.NONE) {
            FloatAlignedPanels.SHARED.give(place);
            place = FloatAlignedPanels.NONE;
        }
    }

    /** The array that the room is in. */
    public float[] elements() {
        return place == FloatAlignedPanels.NONE ? own : FloatAlignedPanels.SHARED.elements;
    }

    /** Where it begins there. */
    public int first() {
        return Math.max(place, 0);
    }
}
