package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.Shapes;

/** What {@code F.pad} checks before it pads an image explicitly. */
final class PadChecks {
    private PadChecks() {
    }

    /**
     * Checks the columns before the rows, as PyTorch does.
     *
     * @param input [N, C, H, W] or [C, H, W]
     */
    static void check(int[] input, Padding.Sides pads, PaddingMode mode) {
        int rows = input.length - 2;
        int columns = input.length - 1;
        switch (mode) {
            case ZEROS -> {
            }
            case REFLECT -> {
                checkNotEmpty(input);
                checkReflection(4, input, columns, pads.left(), pads.right());
                checkReflection(6, input, rows, pads.top(), pads.bottom());
            }
            case REPLICATE -> checkNotEmpty(input);
            case CIRCULAR -> {
                checkWrapping(input, columns, pads.left(), pads.right());
                checkWrapping(input, rows, pads.top(), pads.bottom());
            }
        }
        checkCropping(input[columns], pads.left(), pads.right());
        checkCropping(input[rows], pads.top(), pads.bottom());
        checkAxisLength((long) input[columns] + pads.left() + pads.right());
        checkAxisLength((long) input[rows] + pads.top() + pads.bottom());
    }

    private static void checkNotEmpty(int[] input) {
        for (int axis = input.length - 3; axis < input.length; axis++) {
            if (input[axis] == 0) {
                throw new IllegalArgumentException(
                        "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: "
                                + Shapes.format(input));
            }
        }
    }

    private static void checkReflection(int argument, int[] input, int axis, int before, int after) {
        if (before >= input[axis] || after >= input[axis]) {
            throw new IllegalArgumentException("Argument #" + argument
                    + ": Padding size should be less than the corresponding input dimension, but got: padding ("
                    + before + ", " + after
                    + ") at dimension " + axis + " of input " + Shapes.format(input));
        }
    }

    private static void checkWrapping(int[] input, int axis, int before, int after) {
        if (before > input[axis] || after > input[axis]) {
            throw new IllegalArgumentException("Padding value causes wrapping around more than once.");
        }
        boolean nothingLeft = (long) input[axis] + Math.min(before, 0) + Math.min(after, 0) == 0;
        if (nothingLeft && Math.max(before, after) > 0) { // PyTorch would repeat memory that nobody wrote
            throw new IllegalArgumentException(
                    "circular padding (" + before + ", " + after + ") at dimension " + axis + " of input "
                            + Shapes.format(input) + " crops the whole image, so there is nothing to repeat");
        }
    }

    private static void checkCropping(int size, int before, int after) {
        if ((long) size + Math.min(before, 0) + Math.min(after, 0) < 0) {
            throw new IllegalArgumentException("narrow(): length must be non-negative.");
        }
    }

    /** A limit of this library: sizes are ints. */
    static void checkAxisLength(long padded) {
        if (padded > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a padded axis of " + padded + " pixels is too long, at most 2147483647 are possible");
        }
    }
}
