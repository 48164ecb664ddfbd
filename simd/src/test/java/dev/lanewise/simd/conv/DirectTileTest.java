package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.simd.environment.VectorEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectTileTest {
    private static final boolean MANY = VectorEnvironment.REGISTERS >= 32;

    @ParameterizedTest
    @CsvSource({"1, 1, 8, 1, 8", "2, 2, 8, 2, 4", "3, 3, 6, 3, 4", "6, 6, 4, 6, 2", "7, 4, 6, 4, 3", "8, 4, 6, 4, 3",
        "9, 5, 4, 5, 2", "14, 5, 4, 5, 2", "15, 5, 4, 5, 2", "64, 6, 4, 6, 2", "4, 4, 6, 4, 3", "5, 5, 4, 5, 2"})
    void panelsAreOfNearlyEqualHeight(int m, int rows32, int vectors32, int rows16, int vectors16) {
        assertEquals(MANY ? new DirectTile(rows32, vectors32) : new DirectTile(rows16, vectors16), DirectTile.of(m));
    }

    /** As few as cover what is left, of those for which there are kernels; but never a single vector where five, six or nine are left. */
    @ParameterizedTest
    @CsvSource({"1, 8, 124488888", "2, 4, 12444", "3, 4, 1234334", "6, 4, 1234334434", "4, 6, 123436446", "4, 3, 12333",
        "6, 2, 122"})
    void theLastTilesOfARunAreNarrow(int rows, int vectors, String expected) {
        DirectTile tile = new DirectTile(rows, vectors);
        for (int left = 1; left <= expected.length(); left++) {
            assertEquals(expected.charAt(left - 1) - '0', tile.vectorsFor(left), left + " of " + tile);
        }
    }
}
