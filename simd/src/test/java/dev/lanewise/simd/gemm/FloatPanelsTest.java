package dev.lanewise.simd.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.simd.environment.LargeArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody's room is anybody else's, however many want some. */
class FloatPanelsTest {
    private static final int FIRST = LargeArrays.BYTES_BEFORE_LINE / Float.BYTES;

    @Test
    void placesAreTakenOnceEach() {
        FloatAlignedPanels panels = new FloatAlignedPanels(FIRST + 3 * FloatPanels.LENGTH - 1);
        assertEquals(FIRST, panels.take());
        assertEquals(FIRST + FloatPanels.LENGTH, panels.take());
        assertEquals(FloatAlignedPanels.NONE, panels.take());
        panels.give(FIRST);
        assertEquals(FIRST, panels.take());
        assertEquals(FloatAlignedPanels.NONE, panels.take());
    }

    @Test
    void smallArraysHaveNoPlace() {
        assertEquals(FloatAlignedPanels.NONE, new FloatAlignedPanels(0).take());
        assertEquals(FloatAlignedPanels.NONE, new FloatAlignedPanels(FIRST).take());
    }

    /** More rooms than there are shared places: the last ones are arrays of their own, which stay, and serve again. */
    @Test
    void roomsAreApart() {
        int count = FloatAlignedPanels.SHARED.elements.length / FloatPanels.LENGTH + 2;
        List<FloatPanels> rooms = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                FloatPanels room = new FloatPanels();
                room.take();
                rooms.add(room);
                Arrays.fill(room.elements(), room.first(), room.first() + FloatPanels.LENGTH, i);
            }
            for (int i = 0; i < count; i++) {
                FloatPanels room = rooms.get(i);
                for (int j = 0; j < FloatPanels.LENGTH; j++) {
                    assertEquals(i, room.elements()[room.first() + j]);
                }
            }
            FloatPanels last = rooms.getLast();
            float[] own = last.elements();
            assertNotSame(FloatAlignedPanels.SHARED.elements, own);
            last.give();
            last.take();
            assertSame(own, last.elements());
        } finally {
            rooms.forEach(FloatPanels::give);
        }
    }

    @Test
    void roomsAreGivenBackOnce() {
        FloatPanels room = new FloatPanels();
        room.give(); // never taken
        room.take();
        int first = room.first();
        room.give();
        FloatPanels next = new FloatPanels();
        next.take();
        room.give(); // is next's now
        FloatPanels other = new FloatPanels();
        other.take();
        assertEquals(first, next.first());
        assertTrue(next.elements() != other.elements() || next.first() != other.first());
        if (FloatPanels.BEGIN_LINE) {
            assertNotEquals(first, other.first());
        }
        next.give();
        other.give();
    }
}
