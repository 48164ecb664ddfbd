package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rectangle of output pixels, and the rectangle of the kernel's taps that they need.
 *
 * <p>Where padded taps may be skipped, the pixels at the border of an image need fewer than those inside: a 3x3 kernel with one pixel of
 * padding has nine such regions, from a corner with four taps to the interior with nine.
 */
record PixelRegion(TapRange rows, TapRange columns) {
    /** Pixels that give enough independent sums, at two vectors each, to keep two FMA units busy for four cycles. */
    private static final int MIN_PIXELS = 4;
    /** The share of taps above which columns are skipped: their pixels are packed one by one. */
    private static final double COLUMNS_PAY = 1.0 / 32;

    /**
     * The regions of an output plane. Thin ones are joined with their neighbours in the same columns, and compute some padding.
     *
     * @param skips whether padded taps may be skipped
     */
    static List<PixelRegion> of(Conv2dShape shape, boolean skips) {
        List<TapRange> rows = skips ? TapRange.withoutPadding(shape.rows()) : TapRange.whole(shape.rows());
        boolean skipsColumns = skips && TapRange.insideShare(shape.columns()) < 1 - COLUMNS_PAY;
        List<TapRange> columns = skipsColumns
                ? TapRange.withoutPadding(shape.columns())
                : TapRange.whole(shape.columns());
        List<PixelRegion> regions = new ArrayList<>();
        for (TapRange column : columns) {
            for (TapRange row : joinThin(rows, column.length())) {
                regions.add(new PixelRegion(row, column));
            }
        }
        // The first one that meets a panel of weights fetches it from memory, which more pixels hide better.
        regions.sort(Comparator.comparingInt(PixelRegion::pixels).reversed());
        return regions;
    }

    /** Whether no tap of any pixel meets padding. */
    boolean isInside(Conv2dShape shape) {
        return rows.isInside(shape.rows()) && columns.isInside(shape.columns());
    }

    private int pixels() {
        return rows.length() * columns.length();
    }

    private static List<TapRange> joinThin(List<TapRange> rows, int width) {
        List<TapRange> joined = new ArrayList<>();
        for (TapRange row : rows) {
            TapRange last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && Math.min(last.length(), row.length()) * width < MIN_PIXELS) {
                joined.set(joined.size() - 1, last.join(row));
            } else {
                joined.add(row);
            }
        }
        return joined;
    }
}
