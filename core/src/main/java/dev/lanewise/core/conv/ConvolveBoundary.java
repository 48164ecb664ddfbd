package dev.lanewise.core.conv;

/** What {@link Convolve2d} sees outside the image. */
public enum ConvolveBoundary {
    /** One value. */
    FILL,
    /** The image repeated: {@code 1 2 | 0 1 2 | 0 1}. */
    WRAP,
    /** The image mirrored, its edge pixels repeated: {@code 1 0 | 0 1 2 | 2 1}. */
    SYMM;

    /** No pixel of the image, as {@link #source} says it. */
    static final int OUTSIDE = -1;

    /**
     * The boundary of SciPy's name: {@code "fill"}, {@code "wrap"} or {@code "circular"}, {@code "symm"} or {@code "symmetric"}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ConvolveBoundary parse(String name) {
        return switch (name) {
            case "fill", "pad" -> FILL;
            case "wrap", "circular" -> WRAP;
            case "symm", "symmetric" -> SYMM;
            default -> throw new IllegalArgumentException(
                    "Acceptable boundary flags are 'fill', 'circular' (or 'wrap'), and 'symmetric' (or 'symm').");
        };
    }

    /**
     * Where a pixel comes from.
     *
     * @param i a position on an axis, any number
     * @param size the image's size on that axis, at least 1 unless this is FILL
     * @return a position inside the image, or {@link #OUTSIDE}
     */
    int source(int i, int size) {
        return switch (this) {
            case FILL -> i >= 0 && i < size ? i : OUTSIDE;
            case WRAP -> Math.floorMod(i, size);
            case SYMM -> {
                long j = Math.floorMod((long) i, 2L * size);
                yield (int) (j < size ? j : 2L * size - 1 - j);
            }
        };
    }
}
