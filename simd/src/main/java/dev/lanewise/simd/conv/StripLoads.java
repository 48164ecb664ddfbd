package dev.lanewise.simd.conv;

/** How a depthwise kernel loads a row of x for a strip of output columns. */
final class StripLoads {
    final TapLoads kind;
    /** The most columns of output that a strip has. */
    final int pixels;
    /** Pixels of x from the first tap of the strip's first column to the first lane of each load; the last load reaches furthest. */
    final int[] offsets;
    /** Pixels of x from the first to the last tap of a column, both counted. */
    final int span;

    StripLoads(TapLoads kind, int pixels, int[] offsets, int span) {
        this.kind = kind;
        this.pixels = pixels;
        this.offsets = offsets;
        this.span = span;
    }

    int count() {
        return offsets.length;
    }

    /** Pixels of x from the first tap of the strip's first column to the end of the last load. */
    int reach(int lanes) {
        return offsets[offsets.length - 1] + lanes;
    }
}
