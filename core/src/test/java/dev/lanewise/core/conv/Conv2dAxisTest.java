package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Conv2dAxisTest {
    @Test
    void sizes() {
        Conv2dAxis axis = new Conv2dAxis(9, 3, 2, 4, 1, -2, 0);
        assertEquals(8, axis.padded());
        assertEquals(9, axis.span());
        assertEquals(1, new Conv2dAxis(9, 1, 2, 4, 0, 0, 5).span());
    }

    /** Of pixels 0 to 3 the first is cropped away, then 1 to 3 are repeated; the other way round 0 to 2 are. */
    @Test
    void whatIsCroppedIsNotRepeated() {
        assertArrayEquals(new int[] {1, 2, 3, 1, 2},
                new Conv2dAxis(4, 1, 1, 1, -1, 2, 5).sources(PaddingMode.CIRCULAR));
        assertArrayEquals(new int[] {1, 2, 0, 1, 2},
                new Conv2dAxis(4, 1, 1, 1, 2, -1, 5).sources(PaddingMode.CIRCULAR));
    }
}
