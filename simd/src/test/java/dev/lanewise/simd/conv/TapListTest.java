package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapListTest {
    private static final int CHANNEL = 1000;

    /** A rectangle of the taps of 70 channels of 3x4, block by block: 840 taps in four blocks, which begin anywhere in a channel. */
    @ParameterizedTest
    @CsvSource({"0, 3, 0, 4", "1, 3, 0, 1", "0, 1, 1, 3", "2, 3, 3, 4", "1, 1, 0, 4", "0, 3, 2, 2"})
    void holdsTheTapsOfARectangle(int firstRow, int endRow, int firstColumn, int endColumn) {
        Conv2dShape shape = Shapes.of(70, 8, 8, 1, 3, 4, Conv2dSpec.DEFAULT);
        int[] distances = IntStream.range(0, 12).map(i -> 7 + 3 * i).toArray();
        PixelRegion region = new PixelRegion(new TapRange(0, 1, firstRow, endRow),
                new TapRange(0, 1, firstColumn, endColumn));
        TapList[] lists = TapList.ofBlocks(shape, region, CHANNEL, distances);
        assertEquals(4, lists.length);
        for (int k0 = 0; k0 < 840; k0 += 256) {
            int from = k0;
            int to = Math.min(k0 + 256, 840);
            TapList list = lists[k0 / 256];
            int[] expected = IntStream.range(from, to).filter(k -> k / 4 % 3 >= firstRow && k / 4 % 3 < endRow
                    && k % 4 >= firstColumn && k % 4 < endColumn).toArray();
            assertEquals(expected.length, list.count());
            assertArrayEquals(IntStream.of(expected).map(k -> k - from).toArray(),
                    IntStream.range(0, list.count()).map(i -> list.steps[2 * i]).toArray());
            assertArrayEquals(
                    IntStream.of(expected).map(k -> (k / 12 - from / 12) * CHANNEL + distances[k % 12]).toArray(),
                    IntStream.range(0, list.count()).map(i -> list.steps[2 * i + 1]).toArray());
        }
        assertEquals(2 * 4 * 840, TapList.bytes(shape));
    }

    /** 3x4 taps come again at the same place of the kernel after three blocks. */
    @Test
    void blocksThatAreAlikeShareTheirLists() {
        Conv2dShape shape = Shapes.of(100, 8, 8, 1, 3, 4, Conv2dSpec.DEFAULT);
        PixelRegion region = new PixelRegion(new TapRange(0, 1, 0, 3), new TapRange(0, 1, 0, 4));
        TapList[] lists = TapList.ofBlocks(shape, region, CHANNEL, new int[12]);
        assertEquals(5, lists.length); // the last one is short
        assertSame(lists[0], lists[3]);
        assertNotSame(lists[0], lists[1]);
        assertNotSame(lists[1], lists[4]);
        assertEquals(1200 - 4 * 256, lists[4].count());
        assertEquals(2 * 4 * 4 * 256, TapList.bytes(shape));
    }

    /** Of 3x3 taps in several blocks, the second of which begins with the middle one. */
    @ParameterizedTest
    @CsvSource({"0, 3, 0, 3, 0, 0", "0, 3, 0, 2, 0, 1", "0, 3, 1, 3, 0, 0", "1, 3, 0, 3, 0, 1", "0, 2, 0, 3, 0, 0",
        "0, 2, 0, 2, 0, 1", "0, 3, 0, 1, -1, -1", "1, 2, 0, 3, -1, -1"})
    void findsPairsOfNeighbours(int firstRow, int endRow, int firstColumn, int endColumn, int inFirst, int inSecond) {
        Conv2dShape shape = Shapes.of(70, 8, 8, 1, 3, 3, Conv2dSpec.DEFAULT);
        PixelRegion region = new PixelRegion(new TapRange(0, 1, firstRow, endRow),
                new TapRange(0, 1, firstColumn, endColumn));
        TapList[] lists = TapList.ofBlocks(shape, region, CHANNEL, new int[9]);
        assertEquals(inFirst, lists[0].pairsFrom);
        assertEquals(inSecond, lists[1].pairsFrom);
    }
}
