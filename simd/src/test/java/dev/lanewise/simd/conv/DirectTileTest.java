package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.simd.environment.VectorEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectTileTest {
    private static final boolean MANY = VectorEnvironment.REGISTERS >= 32;

    @ParameterizedTest
    @CsvSource({"1, 1, 8, 1, 8", "2, 2, 8, 2, 4", "3, 3, 4, 3, 2", "6, 6, 4, 3, 2", "7, 4, 4, 4, 2", "8, 4, 4, 4, 2",
        "9, 5, 4, 3, 2", "14, 5, 4, 4, 2", "15, 5, 4, 4, 2", "64, 6, 4, 4, 2", "4, 4, 4, 4, 2", "5, 5, 4, 3, 2"})
    void panelsAreOfNearlyEqualHeight(int m, int rows32, int vectors32, int rows16, int vectors16) {
        assertEquals(MANY ? new DirectTile(rows32, vectors32) : new DirectTile(rows16, vectors16), DirectTile.of(m));
    }

    /** As few as cover what is left, of those for which there are kernels: 1, 2, all, and 4 where 8 are all. */
    @Test
    void theLastTileOfARunIsAsNarrowAsThereIsAKernelFor() {
        int[] of8 = {0, 1, 2, 4, 4, 8, 8, 8, 8, 8};
        int[] of4 = {0, 1, 2, 4, 4, 4};
        int[] of2 = {0, 1, 2, 2};
        for (int[] expected : new int[][] {of8, of4, of2}) {
            DirectTile tile = new DirectTile(1, expected[expected.length - 1]);
            for (int left = 1; left < expected.length; left++) {
                assertEquals(expected[left], tile.vectorsFor(left), left + " of " + tile);
                assertTrue(tile.vectorsFor(left) >= Math.min(left, tile.vectors()));
            }
        }
    }
}
