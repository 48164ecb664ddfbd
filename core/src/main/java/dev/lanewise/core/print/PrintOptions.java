package dev.lanewise.core.print;

import java.util.stream.IntStream;

/**
 * What {@code set_printoptions} sets, in PyTorch and in NumPy.
 *
 * @param precision the most digits behind the point
 * @param threshold tensors of more elements are summarised
 * @param edgeItems how many entries of an axis a summary shows at each end
 * @param lineWidth the characters of a line
 */
public record PrintOptions(int precision, int threshold, int edgeItems, int lineWidth) {
    /** PyTorch's defaults. */
    public static final PrintOptions TORCH = new PrintOptions(4, 1000, 3, 80);
    /** NumPy's defaults. */
    public static final PrintOptions NUMPY = new PrintOptions(8, 1000, 3, 75);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is negative, or an edge would show nothing
     */
    public PrintOptions {
        if (precision < 0 || threshold < 0 || edgeItems < 1 || lineWidth < 0) {
            throw new IllegalArgumentException(
                    "expected precision, threshold and lineWidth of at least 0 and edgeItems of at least 1, but got precision="
                            + precision
                            + ", threshold=" + threshold + ", edgeItems=" + edgeItems + ", lineWidth=" + lineWidth);
        }
    }

    /** With this many digits. */
    public PrintOptions withPrecision(int precision) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth);
    }

    /** With summaries from this many elements on. */
    public PrintOptions withThreshold(int threshold) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth);
    }

    /** With this many entries at each end of a summary. */
    public PrintOptions withEdgeItems(int edgeItems) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth);
    }

    /** With lines of this many characters. */
    public PrintOptions withLineWidth(int lineWidth) {
        return new PrintOptions(precision, threshold, edgeItems, lineWidth);
    }

    /** Whether a tensor of this many elements is summarised. */
    boolean summarises(int numel) {
        return numel > threshold;
    }

    /** Whether a summary leaves out entries of an axis of this size. */
    boolean cuts(int size) {
        return size > 2 * (long) edgeItems;
    }

    /** The indices of an axis that are shown; -1 stands for those that a summary leaves out. */
    IntStream indices(int size, boolean summarise) {
        if (!summarise || !cuts(size)) {
            return IntStream.range(0, size);
        }
        return IntStream.concat(IntStream.range(0, edgeItems),
                IntStream.concat(IntStream.of(-1), IntStream.range(size - edgeItems, size)));
    }
}
