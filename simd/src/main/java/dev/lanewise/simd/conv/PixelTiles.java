package dev.lanewise.simd.conv;

import java.util.ArrayList;
import java.util.List;

/**
 * The micro-tiles of a block of output rows: each is a few pixels of one {@link PixelRegion}, row after row. What a tile has of one row
 * is a segment.
 */
final class PixelTiles {
    private final List<Piece> pieces;
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

    private PixelTiles(List<Piece> pieces, int maxPixels) {
        this.pieces = pieces;
        this.maxPixels = maxPixels;
        int mostTiles = pieces.stream().mapToInt(piece -> piece.tiles(maxPixels)).sum();
        int mostSegments = mostTiles + pieces.stream().mapToInt(Piece::height).sum();
        region = new int[mostTiles];
        firstPixel = new int[mostTiles + 1];
        firstSegment = new int[mostTiles + 1];
        row = new int[mostSegments];
        column = new int[mostSegments];
        length = new int[mostSegments];
        pieces.forEach(this::cut);
    }

    /**
     * Cuts the blocks of a plane into tiles. Blocks that are cut alike, which all inside an image are, share theirs.
     *
     * @param regions all regions of the plane
     * @param rows the rows of the plane
     * @param blockRows the rows of a block
     * @param maxPixels the most pixels of a tile
     */
    static PixelTiles[] ofBlocks(List<PixelRegion> regions, int rows, int blockRows, int maxPixels) {
        PixelTiles[] blocks = new PixelTiles[Math.ceilDiv(rows, blockRows)];
        for (int i = 0; i < blocks.length; i++) {
            int first = i * blockRows;
            List<Piece> pieces = pieces(regions, first, Math.min(first + blockRows, rows));
            boolean alike = i > 0 && pieces.equals(blocks[i - 1].pieces);
            blocks[i] = alike ? blocks[i - 1] : new PixelTiles(pieces, maxPixels);
        }
        return blocks;
    }

    private static List<Piece> pieces(List<PixelRegion> regions, int first, int end) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < regions.size(); i++) {
            TapRange rows = regions.get(i).rows();
            int top = Math.max(rows.first(), first);
            int height = Math.min(rows.end(), end) - top;
            if (height > 0) {
                TapRange columns = regions.get(i).columns();
                pieces.add(new Piece(i, top - first, height, columns.first(), columns.length()));
            }
        }
        return pieces;
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

    /** Into tiles of even sizes, because one of 13 pixels takes as long as one of 14 (Zen 4). */
    private void cut(Piece piece) {
        int rowsAtOnce = piece.rowsAtOnce(maxPixels);
        int pixels = piece.width * rowsAtOnce;
        int count = Math.ceilDiv(pixels, maxPixels);
        int unit = maxPixels % 2 == 0 ? 2 : 1;
        int units = Math.ceilDiv(pixels, unit);
        for (int p = 0; p < piece.height; p += rowsAtOnce) {
            for (int i = 0; i < count; i++) {
                addTile(piece, p, i * units / count * unit, Math.min((i + 1) * units / count * unit, pixels));
            }
        }
    }

    /** Pixels {@code from} to {@code to - 1} of a piece's rows from row p on. */
    private void addTile(Piece piece, int p, int from, int to) {
        for (int i = from; i < to;) {
            int q = i % piece.width;
            int run = Math.min(piece.width - q, to - i);
            row[segments] = piece.top + p + i / piece.width;
            column[segments] = piece.left + q;
            length[segments++] = run;
            i += run;
        }
        region[tiles] = piece.region;
        firstPixel[tiles + 1] = firstPixel[tiles] + to - from;
        firstSegment[tiles + 1] = segments;
        tiles++;
    }

    /** What a block has of a region: a rectangle of pixels. */
    private record Piece(int region, int top, int height, int left, int width) {
        /** The rows whose pixels are cut as one run. Whole rows are packed faster; but tiles of few pixels are slow. */
        int rowsAtOnce(int maxPixels) {
            return 3 * width >= 2 * Math.ceilDiv(width, maxPixels) * maxPixels ? 1 : height;
        }

        int tiles(int maxPixels) {
            int atOnce = rowsAtOnce(maxPixels);
            return height / atOnce * Math.ceilDiv(width * atOnce, maxPixels);
        }
    }
}
