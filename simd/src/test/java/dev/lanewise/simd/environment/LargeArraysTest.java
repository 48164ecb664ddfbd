package dev.lanewise.simd.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargeArraysTest {
    /** With arrays of more than 8000 bytes in regions of their own: small ones stay small, those of half that size grow, large ones have room for the elements. */
    @ParameterizedTest
    @CsvSource({"0, 4, 12", "987, 4, 999", "988, 4, 2000", "1987, 4, 2000", "1988, 4, 2000", "1989, 4, 2001",
        "494, 8, 1000", "3000, 8, 3006"})
    void growsWhatIsNearlyLarge(int elements, int bytes, int expected) {
        assertEquals(expected, LargeArrays.length(elements, bytes, 8000));
    }

    @Test
    void nothingGrowsWithoutRegions() {
        assertEquals(1_000_012, LargeArrays.length(1_000_000, 4, Long.MAX_VALUE));
        assertEquals(12, LargeArrays.length(0, 4, 0));
    }

    @Test
    void theLeastBeginsARegionAndNoneDoesWithoutRegions() {
        assertEquals(2000, LargeArrays.leastLength(4, 8000));
        assertEquals(1000, LargeArrays.leastLength(8, 8000));
        assertEquals(0, LargeArrays.leastLength(4, 0));
        assertEquals(0, LargeArrays.leastLength(4, Long.MAX_VALUE));
    }

    @Test
    void refusesWhatIsNoArray() {
        assertThrows(ArithmeticException.class, () -> LargeArrays.length(Integer.MAX_VALUE, 4, 8000));
    }
}
