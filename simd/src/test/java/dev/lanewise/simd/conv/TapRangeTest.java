package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ranges of taps against what each single output meets. */
class TapRangeTest {
    private static List<Conv2dAxis> axes() {
        List<Conv2dAxis> axes = new ArrayList<>();
        for (Conv2dShape shape : Shapes.various(PaddingMode.ZEROS)) {
            axes.add(shape.rows());
            axes.add(shape.columns());
        }
        axes.add(new Conv2dAxis(2, 3, 1, 5, 10, 10, 12)); // outputs that meet the image with no tap
        return axes;
    }

    private static List<Integer> inside(Conv2dAxis axis, int output) {
        return IntStream.range(0, axis.kernel()).filter(tap -> {
            int pixel = output * axis.stride() + tap * axis.dilation() - axis.before();
            return pixel >= 0 && pixel < axis.input();
        }).boxed().toList();
    }

    @Test
    void theWholeHasAllTaps() {
        for (Conv2dAxis axis : axes()) {
            assertEquals(List.of(new TapRange(0, axis.output(), 0, axis.kernel())), TapRange.whole(axis));
        }
    }

    @Test
    void eachOutputHasTheTapsThatMeetTheImage() {
        for (Conv2dAxis axis : axes()) {
            List<TapRange> ranges = TapRange.withoutPadding(axis);
            int output = 0;
            for (TapRange range : ranges) {
                assertEquals(output, range.first(), axis.toString());
                assertTrue(range.length() > 0, axis.toString());
                for (; output < range.end(); output++) {
                    assertEquals(inside(axis, output),
                            IntStream.range(range.firstTap(), range.endTap()).boxed().toList(),
                            "output " + output + " of " + axis);
                }
            }
            assertEquals(axis.output(), output, axis.toString());
        }
    }

    @Test
    void neighboursWithTheSameTapsAreOneRange() {
        for (Conv2dAxis axis : axes()) {
            List<TapRange> ranges = TapRange.withoutPadding(axis);
            for (int i = 1; i < ranges.size(); i++) {
                TapRange before = ranges.get(i - 1);
                TapRange range = ranges.get(i);
                assertTrue(before.firstTap() != range.firstTap() || before.endTap() != range.endTap(), axis.toString());
            }
        }
    }

    @Test
    void insideAreTheRangesWithoutPadding() {
        for (Conv2dAxis axis : axes()) {
            boolean isAllInside = IntStream.range(0, axis.output())
                    .allMatch(output -> inside(axis, output).size() == axis.kernel());
            assertEquals(isAllInside, TapRange.whole(axis).getFirst().isInside(axis), axis.toString());
            for (TapRange range : TapRange.withoutPadding(axis)) {
                assertTrue(range.isInside(axis), range + " of " + axis);
            }
        }
    }

    @Test
    void theShareInsideIsCounted() {
        for (Conv2dAxis axis : axes()) {
            int taps = IntStream.range(0, axis.output()).map(output -> inside(axis, output).size()).sum();
            assertEquals((double) taps / (axis.output() * axis.kernel()), TapRange.insideShare(axis), 1e-12);
        }
    }

    @Test
    void joinedRangesHaveTheTapsOfBothAndWhatLiesBetween() {
        TapRange none = new TapRange(0, 2, 3, 3);
        TapRange left = new TapRange(2, 4, 1, 3);
        TapRange right = new TapRange(4, 5, 2, 6);
        assertEquals(new TapRange(2, 5, 1, 6), left.join(right));
        assertEquals(new TapRange(2, 5, 1, 6), new TapRange(2, 4, 2, 6).join(new TapRange(4, 5, 1, 3)));
        assertEquals(new TapRange(0, 4, 1, 3), none.join(left));
        assertEquals(new TapRange(2, 6, 1, 3), left.join(new TapRange(4, 6, 5, 5)));
        assertEquals(4, right.taps());
        assertEquals(1, right.length());
    }
}
