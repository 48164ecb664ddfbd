/**
 * A kernel of {@code size} by {@code size} taps at one stride, for {@code strips} strips at a time.
 *
 * @param loads of the taps in a row of x
 * @param border whether pixels outside the image are blended away
 */
record DepthwiseKernel(int size, int stride, int strips, Loads loads, boolean border) {
    String name() {
        return "taps%ds%dx%d%s%s".formatted(size, stride, strips, loads.label, border ? "Border" : "");
    }

    /** As {@code FloatDepthwiseKernels.kernel} has it. */
    int number() {
        return size << 9 | stride << 7 | strips << 4 | loads.ordinal() << 1 | (border ? 1 : 0);
    }

    boolean shared() {
        return loads == Loads.SHARED;
    }

    boolean ordered() {
        return loads == Loads.ORDERED;
    }

    /** Whether the weight of a tap is a variable, and no operand in memory: so many registers do sums, masks and pixels leave. */
    boolean holds(int tap) {
        if (broadcastsAnew()) {
            return tap < 12;
        }
        return !ordered() || size == 3 || tap < (size == 5 ? border ? 3 : 8 : border ? 0 : 6);
    }

    /**
     * Whether the weights that are not held are broadcast anew for each row of x, behind a fence, lest C2 keep them on the stack. A broadcast reads one cache line, and a vector of 512 bits on the
     * stack mostly lies in two: 7x7 takes half of the time (Zen 5; with 4 to 10 weights held, or 17 and more, a tenth more than with 12 or 14). At 5x5 it is 10 to 17 % less, but so many broadcasts
     * are more than C1 can compile.
     */
    boolean broadcastsAnew() {
        return shared() && size == 7 && stride == 1;
    }

    /** The loads of a row of x for a strip. */
    int count() {
        return stride == 1 ? shared() ? (size + 2) / 3 : size : shared() ? 2 : 2 * size;
    }

    /** The columns of a strip. */
    String pixels() {
        return shared() ? "(LANES - %d)".formatted(stride == 1 ? 2 : (size - 1) / 2) : "LANES";
    }

    /** The lanes by which the vector of tap s is a rotation of another tap's. */
    int rotation(int s) {
        return !shared() ? 0 : stride == 1 ? s % 3 : s / 2;
    }

    /** Whether load i of strip t may take in pixels outside the image: of several strips, the outermost loads. */
    boolean isMasked(int t, int i) {
        return border && (strips == 1 || t == 0 && i == 0 || t == strips - 1 && i == count() - 1);
    }

    /**
     * Whether a call goes through the channels by itself, which matters where they are small: 14x14 pixels took 0.87 of the time. With
     * 49 weights C2 needs seconds to compile a loop around them while it runs.
     */
    boolean goesThroughChannels() {
        return size < 7;
    }

    /** Whether the first rows of x, which complete no sum, have code of their own. */
    boolean hasHead() {
        return size == 3 || hasTail();
    }

    /**
     * Whether the last rows of x, which begin no sum, have code of their own. More of it would be too much for C1, and what C1
     * cannot compile with a profile may stay as slow as it left it.
     */
    boolean hasTail() {
        return stride == 1 && (size == 3 && strips <= 2 || size == 5 && shared() && strips == 1);
    }

    /** The sums that a row of x meets beyond the one that it may complete. */
    int following() {
        return (size - 1) / stride;
    }

    /** As TapLoads, and in its order. */
    enum Loads {
        SHARED("Shared"), SINGLE(""), ORDERED("Ordered");

        final String label;

        Loads(String label) {
            this.label = label;
        }
    }
}
