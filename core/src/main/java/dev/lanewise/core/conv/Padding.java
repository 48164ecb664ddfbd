package dev.lanewise.core.conv;

import java.util.List;

/** How much of the world around the image takes part, in pixels. */
public sealed interface Padding {
    /** No padding. */
    Padding NONE = of(0, 0);
    /**
     * As much as keeps the output as large as the input: {@code dilation * (kernel - 1)} per axis, the odd pixel at the bottom or
     * right; only for stride 1.
     */
    Padding SAME = new Same();
    /** None, by PyTorch's other name. */
    Padding VALID = new Valid();

    /** The same amount on all sides. */
    static Padding of(int all) {
        return of(all, all);
    }

    /** One amount above and below, one left and right. */
    static Padding of(int rows, int columns) {
        return new Symmetric(List.of(rows, columns));
    }

    /** Four amounts; negative ones crop. */
    static Padding sides(int top, int left, int bottom, int right) {
        return new Sides(top, left, bottom, right);
    }

    /**
     * PyTorch's string padding.
     *
     * @param name {@code "same"} or {@code "valid"}
     * @throws IllegalArgumentException for any other string
     */
    static Padding parse(String name) {
        return switch (name) {
            case "same" -> SAME;
            case "valid" -> VALID;
            default -> throw new IllegalArgumentException("Invalid padding string: '" + name + "'");
        };
    }

    /**
     * One value for both axes, or one for the rows (above and below) and one for the columns (left and right).
     *
     * @param values checked, as PyTorch does, when the convolution is: so other counts and negative values can be held here
     */
    record Symmetric(List<Integer> values) implements Padding {
        /** Copies the list. */
        public Symmetric {
            values = List.copyOf(values);
        }
    }

    /**
     * Four amounts in pixels; a negative one crops.
     *
     * @param top rows above
     * @param left columns before
     * @param bottom rows below
     * @param right columns behind
     */
    record Sides(int top, int left, int bottom, int right) implements Padding {
    }

    /** See {@link Padding#SAME}. */
    record Same() implements Padding {
    }

    /** See {@link Padding#VALID}. */
    record Valid() implements Padding {
    }
}
