package dev.lanewise.simd.environment;

import dev.lanewise.core.platform.HotSpot;

/**
 * Where cache lines begin in large arrays. Java does not tell where an array lies, but G1 begins a region of the heap with each that is larger than half a region, and leaves
 * it there. Vectors that begin {@link #BYTES_BEFORE_LINE} behind its beginning lie in one cache line each, and not across two: 3x3 convolutions of 128 to 512
 * channels take 5 to 7 % less for weights that do (Granite Rapids).
 */
public final class LargeArrays {
    private static final int LINE = 64;
    /** Of an array, with the class pointer compressed. */
    private static final int HEADER = 16;
    /** The bytes before the first cache line that begins with an element. */
    public static final int BYTES_BEFORE_LINE = LINE - HEADER;
    private static final long REGION_ARRAY = HotSpot.regionArrayBytes();

    private LargeArrays() {
    }

    /**
     * The length of an array with so many elements behind {@link #BYTES_BEFORE_LINE}: it is made so large that it begins a region if it has half of that size already.
     *
     * @param bytes of an element
     * @throws ArithmeticException if there is no such array
     */
    public static int length(int elements, int bytes) {
        return length(elements, bytes, REGION_ARRAY);
    }

    /**
     * The least length of an array that begins a region, or 0 if none is known to.
     *
     * @param bytes of an element
     */
    public static int leastLength(int bytes) {
        return leastLength(bytes, REGION_ARRAY);
    }

    static int leastLength(int bytes, long regionArray) {
        return regionArray / bytes > Integer.MAX_VALUE ? 0 : (int) (regionArray / bytes);
    }

    static int length(int elements, int bytes, long regionArray) {
        int length = Math.addExact(elements, BYTES_BEFORE_LINE / bytes);
        long size = (long) length * bytes;
        return size < regionArray && size >= regionArray / 2 ? Math.toIntExact(regionArray / bytes) : length;
    }
}
