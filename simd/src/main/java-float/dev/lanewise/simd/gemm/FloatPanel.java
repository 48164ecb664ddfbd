package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.LargeArrays;

/**
 * Room for a block of {@linkplain FloatPackedB packed B}, of one thread: while it holds one of the {@linkplain FloatAlignedPanels shared places}, which begin a cache line, there, and else in
 * an array of its own.
 */
public final class FloatPanel {
    /** The elements that there is room for: KC rows of NR. */
    public static final int LENGTH = NumericsContract.KC * FloatPackedB.NR;
    /** Whether it begins a cache line, unless more threads want room than there are places. */
    public static final boolean BEGINS_LINE = LargeArrays.leastLength(Float.BYTES) > LENGTH;
    private static final float[] NO_ELEMENTS = {};

    private int place = FloatAlignedPanels.NONE;
    /** Made when all places are taken first. */
    private float[] own = NO_ELEMENTS;

    /** Room that nobody has yet. */
    public FloatPanel() {
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
