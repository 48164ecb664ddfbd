package dev.lanewise.bench.paired;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RotationTest {
    @Test
    void everyOtherRoundGoesBackwards() {
        assertArrayEquals(new int[] {0, 1, 2}, Rotation.order(0, 3));
        assertArrayEquals(new int[] {1, 0, 2}, Rotation.order(1, 3));
        assertArrayEquals(new int[] {2, 0, 1}, Rotation.order(2, 3));
    }

    @Property
    void aRoundVisitsEachOnce(@ForAll @IntRange(max = 100) int round,
            @ForAll @IntRange(min = 1, max = 9) int contestants) {
        int[] order = Rotation.order(round, contestants);
        Arrays.sort(order);
        for (int i = 0; i < contestants; i++) {
            assertEquals(i, order[i]);
        }
    }

    @Property
    void eachComesFirstEquallyOften(@ForAll @IntRange(min = 1, max = 9) int contestants) {
        int[] first = new int[contestants];
        for (int round = 0; round < 3 * contestants; round++) {
            first[Rotation.order(round, contestants)[0]]++;
        }
        for (int count : first) {
            assertEquals(3, count);
        }
    }
}
