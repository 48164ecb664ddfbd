package dev.lanewise.core.conv;

/** Which part of a convolution {@link Convolve2d} returns, for an image [H, W] and a kernel [M, N]. */
public enum ConvolveMode {
    /** Every pixel that the kernel touches: [H + M - 1, W + N - 1]. */
    FULL,
    /** The size of the image, centred: [H, W]. */
    SAME,
    /** The pixels for which the kernel lies inside the image: [H - M + 1, W - N + 1]. */
    VALID;

    /**
     * The mode of SciPy's name: {@code "full"}, {@code "same"} or {@code "valid"}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ConvolveMode parse(String name) {
        return switch (name) {
            case "full" -> FULL;
            case "same" -> SAME;
            case "valid" -> VALID;
            default -> throw new IllegalArgumentException("Acceptable mode flags are 'valid', 'same', or 'full'.");
        };
    }
}
