package dev.lanewise.simd.conv;

/** How a depthwise kernel loads the pixels of the taps in a row. */
enum TapLoads {
    /** A load serves several taps, rotated by a lane from one to the next. */
    SHARED,
    /** A load for each tap. */
    SINGLE,
    /** A load for each tap, of neighbouring columns and at stride 1, and none before its turn, which with 16 registers keeps the sums in them. */
    ORDERED
}
