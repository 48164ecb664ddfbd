package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of outputs along one axis, and the taps of the kernel that any of them needs.
 *
 * @param first the first output
 * @param end behind the last output
 * @param firstTap the first tap
 * @param endTap behind the last tap
 */
record TapRange(int first, int end, int firstTap, int endTap) {
    /** All outputs, with all taps. */
    static List<TapRange> whole(Conv2dAxis axis) {
        return List.of(new TapRange(0, axis.output(), 0, axis.kernel()));
    }

    /** The longest runs of outputs whose taps meet the image at the same places of the kernel; their taps that meet padding are left out. */
    static List<TapRange> withoutPadding(Conv2dAxis axis) {
        List<TapRange> ranges = new ArrayList<>();
        for (int output = 0; output < axis.output(); output++) {
            TapRange one = ofOne(axis, output);
            TapRange last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && last.firstTap == one.firstTap && last.endTap == one.endTap) {
                ranges.set(ranges.size() - 1, last.join(one));
            } else {
                ranges.add(one);
            }
        }
        return ranges;
    }

    /** The share of an axis' taps that meet the image, not padding. */
    static double insideShare(Conv2dAxis axis) {
        long taps = withoutPadding(axis).stream().mapToLong(range -> (long) range.length() * range.taps()).sum();
        return taps / ((double) axis.output() * axis.kernel());
    }

    private static TapRange ofOne(Conv2dAxis axis, int output) {
        int start = output * axis.stride() - axis.before(); // the pixel of tap 0
        int firstTap = Math.clamp(Math.ceilDiv(-start, axis.dilation()), 0, axis.kernel());
        int endTap = Math.clamp(Math.ceilDiv(axis.input() - start, axis.dilation()), firstTap, axis.kernel());
        return new TapRange(output, output + 1, firstTap, endTap);
    }

    /** Whether all taps of all outputs meet the image. */
    boolean isInside(Conv2dAxis axis) {
        int start = first * axis.stride() - axis.before() + firstTap * axis.dilation();
        int last = (end - 1) * axis.stride() - axis.before() + (endTap - 1) * axis.dilation();
        return taps() == 0 || start >= 0 && last < axis.input();
    }

    int length() {
        return end - first;
    }

    int taps() {
        return endTap - firstTap;
    }

    /** This range and the one behind it, with the taps of both and what lies between. */
    TapRange join(TapRange next) {
        if (taps() == 0 || next.taps() == 0) {
            TapRange taps = taps() == 0 ? next : this;
            return new TapRange(first, next.end, taps.firstTap, taps.endTap);
        }
        return new TapRange(first, next.end, Math.min(firstTap, next.firstTap), Math.max(endTap, next.endTap));
    }
}
