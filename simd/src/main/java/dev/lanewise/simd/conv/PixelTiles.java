package dev.lanewise.simd.conv;

import java.util.List;

/**
 * The micro-tiles of a block of output rows: each is a few pixels of one {@link PixelRegion}, row after row. What a tile has of one row
 * is a segment.
 */
final class PixelTiles {
    private final int maxPixels;
    /** The region of a tile. */
    final int[] region;
    /** The pixels of all tiles before this one, which is where its results begin. */
    final int[] firstPixel;
    /** The segments of all tiles before this one. */
    final int[] firstSegment;
    /** The row of a segment, counted from the first row of the block. */
    final int[] row;
    /** The column at which a segment begins. */
    final int[] column;
    /** The pixels of a segment. */
    final int[] length;
    private int tiles;
    private int segments;

    /**
     * Cuts a block into tiles.
     *
     * @param regions all regions of a plane
     * @param first the first output row of the block
     * @param rows the number of its rows
     * @param width the pixels of a row
     * @param maxPixels the most pixels of a tile
     */
    PixelTiles(List<PixelRegion> regions, int first, int rows, int width, int maxPixels) {
        this.maxPixels = maxPixels;
        int pixels = rows * width;
        region = new int[pixels];
        firstPixel = new int[pixels + 1];
        firstSegment = new int[pixels + 1];
        row = new int[pixels];
        column = new int[pixels];
        length = new int[pixels];
        for (int i = 0; i < regions.size(); i++) {
            int top = Math.max(regions.get(i).rows().first(), first);
            int end = Math.min(regions.get(i).rows().end(), first + rows);
            cut(i, regions.get(i).columns(), top - first, end - first);
        }
    }

    /** The number of tiles. */
    int count() {
        return tiles;
    }

    /** The pixels of a tile. */
    int pixels(int tile) {
        return firstPixel[tile + 1] - firstPixel[tile];
    }

    /** Behind the last of the tiles, from this one on, that have no more than so many pixels together. */
    int endOfBundle(int tile, int mostPixels) {
        int end = tile + 1;
        while (end < tiles && firstPixel[end + 1] - firstPixel[tile] <= mostPixels) {
            end++;
        }
        return end;
    }

    private void cut(int index, TapRange columns, int top, int end) {
        int height = Math.max(end - top, 0);
        int width = columns.length();
        int rowPieces = Math.ceilDiv(width, maxPixels);
        // Whole rows are packed faster; but tiles of few pixels are slow, and then tiles go on in the next row.
        int rowsAtOnce = 3 * width >= 2 * rowPieces * maxPixels ? 1 : Math.max(height, 1);
        int pieces = Math.ceilDiv(width * rowsAtOnce, maxPixels);
        for (int p = top; p < end; p += rowsAtOnce) {
            for (int piece = 0; piece < pieces; piece++) {
                int from = piece * width * rowsAtOnce / pieces;
                int to = (piece + 1) * width * rowsAtOnce / pieces;
                addTile(index, p, columns.first(), width, from, to);
            }
        }
    }

    /** Pixels {@code from} to {@code to - 1} of the rows of a region from row p on. */
    private void addTile(int index, int p, int firstColumn, int width, int from, int to) {
        for (int i = from; i < to;) {
            int q = i % width;
            int run = Math.min(width - q, to - i);
            row[segments] = p + i / width;
            column[segments] = firstColumn + q;
            length[segments++] = run;
            i += run;
        }
        region[tiles] = index;
        firstPixel[tiles + 1] = firstPixel[tiles] + to - from;
        firstSegment[tiles + 1] = segments;
        tiles++;
    }
}
