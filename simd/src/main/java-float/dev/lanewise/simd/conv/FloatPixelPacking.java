package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.CacheSizes;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.FloatPackedB;
import dev.lanewise.simd.gemm.FloatPanels;

/** Whether tiles of pixels are packed for a 1x1 convolution, and how many at a time. */
final class FloatPixelPacking {
    private static final int NR = FloatPackedB.NR;
    private static final int KC = NumericsContract.KC;
    /**
     * Output channels that pay for packing pixels, with 16 registers: to 12 it takes a few percent longer, to 16 as much less, to 24 and more 6 to
     * 26 % less (from 2 to 240 channels, Zen 3).
     */
    private static final int PACKING_PAYS = 16;
    /**
     * The same with 32 registers and an L2 cache of 2 MiB, where panels begin a cache line, as rows of x seldom do, or x lies in many pages: 2 to 13 % less with 48 to 2048 output channels
     * (Emerald Rapids). With 16 to 40 it takes from 10 % less to 25 % longer, and with an L2 cache of 1 MiB and panels that began anywhere up to 11 % longer (Zen 5).
     */
    private static final int PACKING_PAYS_WITH_LARGE_L2 = 48;
    /**
     * The same with 32 registers and an L2 cache of 1 MiB, for few input channels, twice as many output channels, and results of an image of {@link #MANY_RESULTS} bytes: where x and y come
     * from memory it takes 3 to 19 % less, most with 16 and 24 input channels; repeated, from 4 % less to 2 % more. With more input channels or fewer results it takes as long or up to 4 % more among the
     * other layers of ResNet-50, in images of 7x7 pixels 2 to 6 % more (Zen 4).
     */
    private static final int PACKING_PAYS_WITH_FEW_TAPS = 96;
    private static final int FEW_TAPS = 128;
    private static final int MANY_RESULTS = 256 * 1024;
    private static final int MANY_PIXELS = 4 * NR;
    private static final int L2 = CacheSizes.ofThisMachine().l2();
    private static final long PAGE = 4096;
    /** More pages than the first level of a TLB holds, which has 64 to 96 entries. */
    private static final int MANY_PAGES = 128;
    /**
     * The elements of the tiles that are packed together, where the L2 cache holds them, and the L1 cache panel after panel of weights. Results are then written in long rows, which the memory
     * takes faster: bundles of 32 KiB take up to twice as long where they go there (64 to 128 channels of 56x56 among the other layers of ResNeXt-50, Emerald Rapids), and those of 512 KiB no less.
     */
    private static final int BUNDLE = FloatPanels.LENGTH;
    /** The same where the L1 cache holds them while weights pass by. */
    private static final int SMALL_BUNDLE = KC * NR;
    /**
     * Results of an image from which the large bundle gains, with 16 registers: 2 to 32 % less time from 1.6 MB on, 9 % less to 12 % more with up to 0.8 MB (in ResNeXt-50 and MobileNetV2, AVX2 on Emerald
     * Rapids). With 32 registers it gains, or costs nothing, with all.
     */
    private static final int LARGE_RESULTS = 1 << 20;

    private FloatPixelPacking() {
    }

    /** Whether tiles are packed. */
    static boolean pays(Conv2dShape shape) {
        int m = shape.groupOutputChannels();
        if (VectorEnvironment.REGISTERS < 32) {
            return m >= PACKING_PAYS;
        }
        if (L2 >= 2 << 20) {
            boolean gains = FloatPanels.BEGIN_LINE && shape.outputPixels() >= NR || isInManyPages(shape);
            return m >= PACKING_PAYS_WITH_LARGE_L2 && gains;
        }
        boolean areMany = resultBytes(shape) >= MANY_RESULTS && shape.outputPixels() >= MANY_PIXELS;
        boolean areFew = shape.taps() <= Math.min(FEW_TAPS, m / 2);
        return L2 >= 1 << 20 && m >= PACKING_PAYS_WITH_FEW_TAPS && areFew && areMany && FloatPanels.BEGIN_LINE;
    }

    /** The elements of the tiles that are packed together, at most. */
    static int bundle(Conv2dShape shape) {
        return VectorEnvironment.REGISTERS < 32 && resultBytes(shape) < LARGE_RESULTS ? SMALL_BUNDLE : BUNDLE;
    }

    /** Whether a tile's channels, of a block of taps, lie in so many pages of x that each panel of weights would look their addresses up anew. */
    private static boolean isInManyPages(Conv2dShape shape) {
        long plane = (long) shape.rows().input() * shape.columns().input() * shape.dtype().bytes();
        return shape.isPointwise() && Math.min(shape.taps(), KC) * Math.min(plane, PAGE) > MANY_PAGES * PAGE;
    }

    private static long resultBytes(Conv2dShape shape) {
        return (long) shape.outputChannels() * shape.outputPixels() * shape.dtype().bytes();
    }
}
