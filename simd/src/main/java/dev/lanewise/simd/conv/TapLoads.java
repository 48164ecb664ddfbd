package dev.lanewise.simd.conv;

/** How a depthwise kernel loads the pixels of the taps in a row. */
enum TapLoads {
    /** A load serves several taps, rotated by a lane from one to the next. */
    SHARED,
    /** A load for each tap. */
    SINGLE,
    /** A load for each tap, and none before its turn: at stride 1 without dilation, where 16 registers hold nothing that is loaded ahead. */
    ORDERED
}
