package dev.lanewise.core.conv;

/**
 * The size arithmetic of one image axis, rows or columns; all in pixels.
 *
 * @param input the image's size
 * @param kernel the number of taps, R or S
 * @param stride pixels between two outputs
 * @param dilation pixels between two taps
 * @param before padding above or left, negative where it crops
 * @param after padding below or right, negative where it crops
 * @param output the output's size, P or Q
 */
public record Conv2dAxis(int input, int kernel, int stride, int dilation, int before, int after, int output) {
    /** A padded pixel that holds zero, as {@link #source} says it. */
    public static final int ZERO = -1;

    /** The size of the padded image. */
    public int padded() {
        return input + before + after;
    }

    /** The pixels from the first to the last tap. */
    public int span() {
        return dilation * (kernel - 1) + 1;
    }

    /** Whether stride, dilation and padding of this axis leave the image as it is, and the kernel has one tap. */
    public boolean isPointwise() {
        return kernel == 1 && stride == 1 && before == 0 && after == 0;
    }

    /**
     * Where a pixel of the padded image comes from.
     *
     * @param pixel 0 to {@link #padded()} - 1
     * @return a pixel of the image, or {@link #ZERO}
     */
    public int source(int pixel, PaddingMode mode) {
        int i = pixel - before;
        return switch (mode) {
            case ZEROS -> i >= 0 && i < input ? i : ZERO;
            case REPLICATE -> Math.clamp(i, 0, input - 1);
            case REFLECT -> i < 0 ? -i : i < input ? i : 2 * (input - 1) - i;
            case CIRCULAR -> { // what a negative padding crops away is gone before the image is repeated
                int first = Math.max(-before, 0);
                int kept = input - first + Math.min(after, 0);
                yield first + Math.floorMod(i - first, kept);
            }
        };
    }

    /** {@link #source} of every pixel of the padded image. */
    public int[] sources(PaddingMode mode) {
        int[] sources = new int[padded()];
        for (int pixel = 0; pixel < sources.length; pixel++) {
            sources[pixel] = source(pixel, mode);
        }
        return sources;
    }
}
