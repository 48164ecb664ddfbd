package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.FloatPackedB;
import dev.lanewise.simd.gemm.RegisterTile;

/** How the pixels, the taps and the output channels of a 1x1 convolution are cut. */
final class FloatPointwiseBlocks {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = FloatPackedB.NR;
    private static final int KC = NumericsContract.KC;
    /** What the pixels of a block may take, so that an L2 cache of 1 MiB holds them beside the weights that stream by. */
    private static final int BLOCK_BYTES = 512 * 1024;
    private static final int MAX_PIXELS = 512;
    /**
     * More pixels have a block if they take no more than this: few channels become many, and the memory takes long rows of results faster than short
     * ones (Zen 4, 24 to 144 channels of 56x56 among the other layers of MobileNetV2: 0.75 of the time).
     */
    private static final int LONG_ROWS_BYTES = 128 * 1024;
    /** The most elements of a copy of pixels, which has all their channels unless these are thousands: with packed tiles beside it scratch stays below 1 MiB. */
    private static final int MAX_COPY = 640 * 1024 / Float.BYTES;

    final Conv2dShape shape;
    /** The output channels of a group, and the taps: a shape divides for them, which takes as long as some taps of a tile. */
    final int m;
    final int taps;
    /** The rows of a panel of weights, and the panels of a group. */
    final int mr;
    final int panels;
    /** The pixels of a block, but for the last one of an image, and the blocks of an image. */
    final int pixels;
    final int count;
    /** The elements from a channel to the next in a copy of pixels. */
    final int ldb;
    /** The channels that are copied at a time: all, or some blocks of KC. */
    final int copiedTaps;
    final int[] rowSources;
    final int[] columnSources;

    FloatPointwiseBlocks(Conv2dShape shape) {
        this.shape = shape;
        this.m = shape.groupOutputChannels();
        this.taps = shape.taps();
        this.mr = panelRows(shape);
        this.panels = Math.max(Math.ceilDiv(m, mr), 1);
        int divisor = Math.max(taps, 1);
        int most = Math.clamp(LONG_ROWS_BYTES / Float.BYTES / divisor, MAX_PIXELS, 4 * MAX_PIXELS);
        int fitting = Math.clamp(BLOCK_BYTES / Float.BYTES / divisor, NR, most);
        int wanted = Math.ceilDiv(shape.outputPixels(), fitting);
        this.pixels = Math.ceilDiv(Math.ceilDiv(shape.outputPixels(), wanted), NR) * NR;
        this.count = Math.ceilDiv(shape.outputPixels(), pixels);
        // An odd number of cache lines (at 512 bits) from row to row: an even one would use only some of the L1 cache's sets.
        this.ldb = pixels / LANES % 2 == 0 ? pixels + LANES : pixels;
        int copied = MAX_COPY / ldb;
        this.copiedTaps = taps <= copied ? taps : copied / KC * KC;
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
    }

    static int panelRows(Conv2dShape shape) {
        return Math.max(RegisterTile.panelRows(shape.groupOutputChannels()), 1);
    }

    /** The elements of a copy of pixels. */
    int copyLength() {
        return copiedTaps * ldb + LANES; // the last row's last vector may reach behind it
    }

    /** The taps of the block of KC that begins at k0. */
    int depth(int k0) {
        return Math.min(KC, taps - k0);
    }

    /** Where the block of taps from k0 on of the panel that begins at channel i of a group lies in packed weights. */
    int weights(int group, int i, int k0) {
        return group * m * taps + FloatPackedA.panel(m, i, k0, depth(k0));
    }
}
