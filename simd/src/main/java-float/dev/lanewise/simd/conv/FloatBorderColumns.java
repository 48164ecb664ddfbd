package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The output columns at the border of {@link InsideRows}. A column is a run, too, in a copy of the columns of x that its taps meet, each one behind the other.
 */
final class FloatBorderColumns {
    private final Conv2dShape shape;
    /** The columns of x that are copied, and {@link Conv2dAxis#ZERO} for the zeros of the padding. */
    private final int[] sources;
    /** Elements of a copied column. */
    private final int length;
    /** The output columns. */
    final int[] columns;
    /** Of each output column its {@link TapOffsets}, from the copied pixel that is its first row's in the first of the columns. */
    final int[][][] offsets;

    /**
     * Those beside the rows, none if these are empty.
     *
     * @param maxRows the most output rows at a time
     */
    FloatBorderColumns(Conv2dShape shape, InsideRows inside, int maxRows) {
        this.shape = shape;
        Conv2dAxis axis = shape.columns();
        this.length = maxRows + shape.rows().span() - 1;
        this.columns = IntStream.range(0, axis.output())
                .filter(q -> !inside.isEmpty() && (q < axis.before() || q >= axis.output() - axis.after())).toArray();
        this.sources = Arrays.stream(columns)
                .flatMap(q -> IntStream.range(0, axis.kernel()).map(s -> source(q, s))).distinct().toArray();
        this.offsets = new int[columns.length][][];
        for (int i = 0; i < columns.length; i++) {
            offsets[i] = TapOffsets.ofBlocks(shape.taps(), sources.length * length, kernelOffsets(columns[i]));
        }
    }

    private int source(int q, int s) {
        return shape.columns().source(q + s * shape.columns().dilation(), shape.paddingMode());
    }

    private int[] kernelOffsets(int q) {
        int[] offsets = new int[shape.rows().kernel() * shape.columns().kernel()];
        for (int i = 0; i < offsets.length; i++) {
            int source = source(q, i % shape.columns().kernel());
            int copy = 0;
            while (sources[copy] != source) {
                copy++;
            }
            offsets[i] = copy * length + i / shape.columns().kernel() * shape.rows().dilation();
        }
        return offsets;
    }

    /** The elements of all copied columns of a group. */
    int elements() {
        return shape.groupInputChannels() * sources.length * length;
    }

    /**
     * Copies what some rows of one group in one image need.
     *
     * @param first the first output row
     * @param count the number of output rows
     * @param to receives the columns; the zeros must be there before, and stay
     */
    void copy(float[] x, Layout layout, int n, int group, int first, int count, float[] to) {
        int rows = count + shape.rows().span() - 1;
        for (int c = 0; c < shape.groupInputChannels(); c++) {
            int from = layout.at(n, group * shape.groupInputChannels() + c, first - shape.rows().before(), 0);
            for (int i = 0; i < sources.length; i++) {
                if (sources[i] != Conv2dAxis.ZERO) {
                    int at = (c * sources.length + i) * length;
                    for (int u = 0; u < rows; u++) {
                        to[at + u] = x[from + u * layout.row + sources[i]];
                    }
                }
            }
        }
    }
}
