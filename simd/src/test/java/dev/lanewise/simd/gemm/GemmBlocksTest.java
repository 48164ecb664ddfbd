package dev.lanewise.simd.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.simd.environment.CacheSizes;
import dev.lanewise.simd.environment.VectorEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which blocks are made, and what is copied: the choices of machines with 32 registers and with 16. */
class GemmBlocksTest {
    private static final boolean MANY = VectorEnvironment.REGISTERS >= 32;
    private static final int L2 = CacheSizes.ofThisMachine().l2();
    /** A distance from row to row on the same sets: 1024 floats are 4 KiB. */
    private static final int SAME_SETS = 1024;
    private static final int OTHER_SETS = 1040;

    @ParameterizedTest
    @CsvSource({"256, 32, 4", "256, 16, 8", "100, 8, 4", "1, 32, 4"})
    void aBlockOfBTakesThreeEighthsOfL2(int kc, int nr, int bytes) {
        int columns = GemmBlocks.columns(kc, nr, bytes);
        assertEquals(0, columns % nr);
        assertTrue((long) columns * kc * bytes <= L2 * 3L / 8 || columns == nr, columns + " columns");
        assertTrue((long) (columns + nr) * kc * bytes > L2 * 3L / 8 - (long) kc * bytes, columns + " columns");
    }

    @Test
    void aBlockHasOnePanelAtLeast() {
        assertEquals(1 << 24, GemmBlocks.columns(256, 1 << 24, 4));
    }

    /** 384 columns are what the cache is for: five blocks of 416 columns rather than five of 384 and one of 128. */
    @ParameterizedTest
    @CsvSource({"1, 32", "32, 32", "33, 64", "384, 384", "512, 512", "576, 576", "577, 320", "1024, 352", "2048, 416",
        "3136, 416"})
    void blocksOfBAreAlikeWhereAIsCopied(int n, int columns) {
        assertEquals(columns, GemmBlocks.likeColumns(n, 384, 32));
    }

    @Test
    void aBlockOfATakesThreeEighthsOfL2() {
        assertEquals(L2 * 3 / 8 / (256 * 4), GemmBlocks.rows(4));
        assertEquals(L2 * 3 / 8 / (256 * 8), GemmBlocks.rows(8));
    }

    /** With 32 registers alone, where 16 panels of B or more meet it, and 128 rows pay, or rows that lie on the same sets. */
    @ParameterizedTest
    @CsvSource({"128, 16, 1040, true", "127, 16, 1040, false", "128, 15, 1040, false", "127, 16, 1024, true",
        "127, 16, 1031, true", "127, 16, 1032, false", "127, 16, 1017, true", "127, 16, 1016, false",
        "1, 16, 4096, true"})
    void copiesAWhereItPays(int m, int panels, int ld, boolean copies) {
        assertEquals(MANY && copies, GemmBlocks.copiesA(m, panels, ld, 4));
    }

    @Test
    void packsBWhereItPays() {
        assertEquals(MANY ? 896 : 64, leastRows(OTHER_SETS));
        assertEquals(MANY ? 256 : 64, leastRows(SAME_SETS));
    }

    private static int leastRows(int ld) {
        int m = 1;
        while (!GemmBlocks.packsB(m, ld, 4)) {
            m++;
        }
        return m;
    }

    @Test
    void fetchesAMatrixBThatL2DoesNotHold() {
        int rows = 256;
        int columns = 2 * L2 / (rows * 4);
        assertEquals(false, GemmBlocks.fetchesB(rows, columns, 4));
        assertEquals(MANY, GemmBlocks.fetchesB(rows, columns + 1, 4));
        assertEquals(MANY, GemmBlocks.fetchesB(1 << 16, 1 << 16, 4)); // bytes beyond an int
    }

    /** With 16 registers alone. */
    @Test
    void copiesBlocksOfAAndFetchesCWhereL2DoesNotHoldThem() {
        int rows = 256;
        int columns = 2 * L2 / (rows * 4);
        assertEquals(false, GemmBlocks.copiesBlockOfA(rows, 16, columns, 4));
        assertEquals(!MANY, GemmBlocks.copiesBlockOfA(rows, 16, columns + 1, 4));
        assertEquals(false, GemmBlocks.copiesBlockOfA(rows, 15, columns + 1, 4));
        assertEquals(!MANY, GemmBlocks.copiesBlockOfA(1 << 16, 16, 1 << 16, 4)); // bytes beyond an int
        assertEquals(false, GemmBlocks.fetchesC(rows, columns / 4, 4));
        assertEquals(!MANY, GemmBlocks.fetchesC(rows, columns / 4 + 1, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 14, 15, 28, 29, 64, 100, 1000})
    void panelsAreAsFewAsCanBeAndNearlyAlike(int m) {
        for (int most : new int[] {4, 12, 14}) {
            int rows = RegisterTile.panelRows(m, most);
            int panels = (m + most - 1) / most;
            assertTrue(rows <= most, rows + " rows");
            assertEquals(panels, (m + rows - 1) / rows);
            assertTrue((rows - 1) * panels < m, "one row less would do");
        }
        assertEquals(RegisterTile.panelRows(m, RegisterTile.ROWS), RegisterTile.panelRows(m));
        assertEquals(0, RegisterTile.panelRows(0));
    }

    @Test
    void describesItself() {
        String lanes = MANY ? "MR 14, NR " : "MR 6, NR ";
        assertEquals(lanes + 2 * VectorEnvironment.FLOAT_SPECIES.length() + " (float32) or "
                + 2 * VectorEnvironment.DOUBLE_SPECIES.length() + " (float64), KC 256", RegisterTile.describe());
    }
}
