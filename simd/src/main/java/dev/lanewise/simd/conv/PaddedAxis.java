package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;

/** Which of the padded rows {@code first, first + step, ...} lie in the image: one run of them. */
final class PaddedAxis {
    private PaddedAxis() {
    }

    /** The number of those that come before it, of {@code count}. */
    static int firstInside(Conv2dAxis rows, int first, int step, int count) {
        return Math.clamp(Math.ceilDiv(rows.before() - first, step), 0, count);
    }

    /** The number of those that come before it or lie in it. */
    static int endInside(Conv2dAxis rows, int first, int step, int count) {
        int end = Math.ceilDiv(rows.before() + rows.input() - first, step);
        return Math.clamp(end, firstInside(rows, first, step, count), count);
    }
}
