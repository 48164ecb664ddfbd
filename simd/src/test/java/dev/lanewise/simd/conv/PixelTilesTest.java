package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.PaddingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regions cover a plane, and tiles a block of its rows, without a gap and without a pixel twice. */
class PixelTilesTest {
    /** Two regions side by side, of which the right one has two rows that differ. */
    private static final List<PixelRegion> REGIONS = List.of(region(0, 9, 0, 13), region(0, 4, 13, 17),
            region(4, 9, 13, 17));

    private static PixelRegion region(int top, int bottom, int left, int right) {
        return new PixelRegion(new TapRange(top, bottom, 0, 3), new TapRange(left, right, 0, 3));
    }

    @Test
    void regionsCoverThePlaneWithTheTapsThatArePixels() {
        for (Conv2dShape shape : Shapes.various(PaddingMode.ZEROS)) {
            for (boolean skips : new boolean[] {false, true}) {
                int[][] covered = new int[shape.rows().output()][shape.columns().output()];
                int most = Integer.MAX_VALUE;
                for (PixelRegion region : PixelRegion.of(shape, skips)) {
                    int pixels = region.rows().length() * region.columns().length();
                    assertTrue(pixels <= most, "the largest come first");
                    most = pixels;
                    for (int p = region.rows().first(); p < region.rows().end(); p++) {
                        for (int q = region.columns().first(); q < region.columns().end(); q++) {
                            covered[p][q]++;
                            assertHasTaps(region, shape, p, q);
                        }
                    }
                }
                for (int[] row : covered) {
                    assertTrue(Arrays.stream(row).allMatch(count -> count == 1), Arrays.toString(row));
                }
            }
        }
    }

    private static void assertHasTaps(PixelRegion region, Conv2dShape shape, int p, int q) {
        TapRange rows = TapRange.withoutPadding(shape.rows()).stream().filter(r -> p < r.end()).findFirst()
                .orElseThrow();
        TapRange columns = TapRange.withoutPadding(shape.columns()).stream().filter(r -> q < r.end()).findFirst()
                .orElseThrow();
        assertTrue(rows.taps() == 0 || region.rows().firstTap() <= rows.firstTap()
                && region.rows().endTap() >= rows.endTap(), shape.toString());
        assertTrue(columns.taps() == 0 || region.columns().firstTap() <= columns.firstTap()
                && region.columns().endTap() >= columns.endTap(), shape.toString());
    }

    /** A 3x3 kernel whose padding is its dilation: nine regions, fewer where thin ones are joined or columns are not worth it. */
    @ParameterizedTest
    @CsvSource({"33, 33, 6, 9", "8, 8, 1, 5", "8, 3, 1, 3", "40, 200, 1, 3", "2, 2, 1, 2", "3, 8, 1, 5"})
    void bordersAreRegionsOfTheirOwn(int height, int width, int dilation, int expected) {
        Conv2dShape shape = Shapes.of(1, height, width, 1, 3, 3,
                Conv2dSpec.DEFAULT.withPadding(dilation).withDilation(dilation));
        List<PixelRegion> regions = PixelRegion.of(shape, true);
        assertEquals(expected, regions.size(), regions.toString());
        assertEquals(1, PixelRegion.of(shape, false).size());
    }

    @ParameterizedTest
    @CsvSource({"9, 14", "9, 4", "5, 14", "2, 8", "1, 1", "3, 32", "9, 32", "4, 5", "7, 12"})
    void tilesCoverTheirBlocks(int blockRows, int maxPixels) {
        PixelTiles[] blocks = PixelTiles.ofBlocks(REGIONS, 9, blockRows, maxPixels);
        assertEquals((9 + blockRows - 1) / blockRows, blocks.length);
        for (int i = 0; i < blocks.length; i++) {
            assertCovers(blocks[i], i * blockRows, Math.min(blockRows, 9 - i * blockRows), maxPixels);
        }
    }

    private static void assertCovers(PixelTiles tiles, int first, int rows, int maxPixels) {
        int width = 17;
        int[][] covered = new int[rows][width];
        int pixels = 0;
        for (int tile = 0; tile < tiles.count(); tile++) {
            PixelRegion region = REGIONS.get(tiles.region[tile]);
            assertEquals(pixels, tiles.firstPixel[tile]);
            int before = pixels;
            for (int s = tiles.firstSegment[tile]; s < tiles.firstSegment[tile + 1]; s++) {
                for (int j = 0; j < tiles.length[s]; j++) {
                    int p = tiles.row[s];
                    int q = tiles.column[s] + j;
                    covered[p][q]++;
                    assertTrue(region.rows().first() <= first + p && first + p < region.rows().end(), "row " + p);
                    assertTrue(region.columns().first() <= q && q < region.columns().end(), "column " + q);
                    pixels++;
                }
            }
            assertEquals(pixels - before, tiles.pixels(tile));
            assertTrue(tiles.pixels(tile) > 0 && tiles.pixels(tile) <= maxPixels, tiles.pixels(tile) + " pixels");
        }
        for (int[] row : covered) {
            assertTrue(Arrays.stream(row).allMatch(count -> count == 1), Arrays.toString(row));
        }
    }

    /** Tiles of nearly equal and even size, but for the last; where a row fills too little of them they go on in the next one. */
    @ParameterizedTest
    @CsvSource({"28, 2, 14, '14 14 14 14'", "13, 2, 14, '13 13'", "7, 3, 14, '10 11'", "7, 7, 14, '12 12 12 13'",
        "10, 2, 14, '10 10'", "9, 2, 14, '8 10'", "1, 5, 4, '2 3'", "30, 1, 14, '10 10 10'", "37, 1, 14, '12 12 13'",
        "65, 1, 14, '12 14 12 14 13'", "5, 1, 14, '5'"})
    void tilesAreOfNearlyEqualSize(int width, int rows, int maxPixels, String expected) {
        PixelTiles tiles = PixelTiles.ofBlocks(List.of(region(0, rows, 0, width)), rows, rows, maxPixels)[0];
        List<String> sizes = new ArrayList<>();
        for (int tile = 0; tile < tiles.count(); tile++) {
            sizes.add(String.valueOf(tiles.pixels(tile)));
        }
        assertEquals(expected, String.join(" ", sizes));
    }

    /** Blocks inside an image are cut alike, and share their tiles. */
    @Test
    void likeBlocksShareTheirTiles() {
        List<PixelRegion> regions = List.of(region(0, 1, 0, 20), region(1, 11, 0, 20), region(11, 12, 0, 20));
        PixelTiles[] blocks = PixelTiles.ofBlocks(regions, 12, 2, 14);
        assertNotSame(blocks[0], blocks[1]);
        assertSame(blocks[1], blocks[2]);
        assertSame(blocks[1], blocks[4]);
        assertNotSame(blocks[4], blocks[5]);
    }

    @Test
    void aBundleHasAsManyTilesAsFit() {
        PixelTiles tiles = PixelTiles.ofBlocks(List.of(region(0, 4, 0, 28)), 4, 4, 14)[0]; // eight tiles of 14
        assertEquals(8, tiles.count());
        assertEquals(1, tiles.endOfBundle(0, 27));
        assertEquals(2, tiles.endOfBundle(0, 28));
        assertEquals(5, tiles.endOfBundle(2, 42));
        assertEquals(3, tiles.endOfBundle(2, 1)); // one at least
        assertEquals(8, tiles.endOfBundle(3, 1000));
    }
}
