import java.util.ArrayList;
import java.util.List;

/** The text of {@code FloatDepthwiseKernels}: straight-line kernels for the kernel sizes and strides that networks use. */
class DepthwiseKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatDepthwiseKernels.java";

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import java.lang.invoke.VarHandle;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorMask;
            import jdk.incubator.vector.VectorShuffle;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Depthwise kernels, which read x in place. A call goes down some strips of output columns, each of at most {@link #pixels},
             * and holds the sums of all output rows that the current row of x meets: each row is loaded once, in the order in which
             * prefetchers fetch it. Several strips at a time keep more FMAs independent of each other, and read more of a row.
             *
             * <p>At stride 1 a vector of x serves several taps, rotated by a lane from one to the next, because at full width nearly every
             * unaligned load touches two cache lines. At stride 2 a vector takes every other pixel of two loads, one in its even and one in
             * its odd lanes: that is a rotation and a blend, where putting them in order would be two permutations and a blend for each
             * vector of x; only the results are put in order. Pixels that are not in the image are blended away: bit i of a mask says that
             * lane i of a load is a pixel. Rows that are not in the image are read from a row of zeros. Each output folds its taps in rising
             * order: the rows of x come in order, and within them the columns.
             *
             * <p>With 16 registers (at stride 1) a fence before each load, which takes no instruction on x86, keeps C2 from loading the pixels of several taps ahead,
             * which costs spilled sums or weights; and of more than nine weights only a few stay in registers, while the others are operands in memory,
             * each a vector in an array: C2 reads a spilled one with an instruction of its own (Zen 3: 3x3 0.87 to 0.95 of
             * the time, 5x5 0.65 to 0.9, 7x7 0.6 to 0.8). Few stay there, not none: with vector registers to spare C2 keeps addresses in them, which
             * then wait behind the FMAs. At stride 2 it takes 1.4 of the time: each fence has the mask of the blends read anew.
             * Two vectors of neighbouring pixels there, with every other lane for nothing and no blends, take 1.1 to 1.3 of the time: more weights are read from the stack.
             *
             * <p>Where that is not too much code, the first and the last rows have their own, which computes no sum that is not stored.
             * Elsewhere the sums of output rows above the first are stored into it, and the first one's then over them; at stride 2 those
             * begin a row of x above the first that is needed. A sum begins with the constant zero and not with a variable that was set to
             * it: with the latter C2 kept sums on the stack (5x5: half the speed).
             */
            final class FloatDepthwiseKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();
                /** Which lanes a vector has. */
                static final long ALL = -1L >>> -LANES;
                /** The most sums that a kernel holds at a time. */
                static final int SUMS = 12;
                private static final VectorShuffle<Float> ROTATE1 = VectorShuffle.fromOp(S, i -> (i + 1) % S.length());
                private static final VectorShuffle<Float> ROTATE2 = VectorShuffle.fromOp(S, i -> (i + 2) % S.length());
                private static final VectorShuffle<Float> ROTATE3 = VectorShuffle.fromOp(S, i -> (i + 3) % S.length());
                private static final VectorShuffle<Float> ROTATE_BACK = VectorShuffle.fromOp(S, i -> (i + S.length() - 1) % S.length());
                private static final VectorMask<Float> ODD = VectorMask.fromLong(S, 0xaaaaaaaaaaaaaaaaL);
                /** At stride 2, where the vector is whose columns are one output further on, and two, and three. */
                private static final VectorShuffle<Float> NEXT1 = VectorShuffle.fromOp(S, i -> lane(column(i) + 1));
                private static final VectorShuffle<Float> NEXT2 = VectorShuffle.fromOp(S, i -> lane(column(i) + 2));
                private static final VectorShuffle<Float> NEXT3 = VectorShuffle.fromOp(S, i -> lane(column(i) + 3));
                /** At stride 2, puts the columns in order. */
                private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(S, i -> lane(i));

                private FloatDepthwiseKernels() {
                }

                /** The lane of an output column at stride 2: the first half of them is in the even lanes. */
                private static int lane(int column) {
                    int half = S.length() / 2;
                    return column < half ? 2 * column : (2 * (column - half) + 1) % S.length();
                }

                private static int column(int lane) {
                    return lane / 2 + lane % 2 * (S.length() / 2);
                }

                /** A method of its own, lest kernels become too large for C1. */
                private static void spread(float[] w, int wOffset, int count, float[] spread) {
                    for (int k = 0; k < count; k++) {
                        FloatVector.broadcast(S, w[wOffset + k]).intoArray(spread, k * LANES);
                    }
                }

                /**
                 * How a row of x is loaded for a strip. Loads are not shared by taps where rotations would cost too many of the lanes, or
                 * where taps are {@code dilation} columns apart; nor with 16 registers, which rotations and masks want too (stride 2 on a
                 * Zen 3: 3x3 and 7x7 0.65 of the time, 5x5 0.6).
                 */
                static StripLoads loads(int size, int stride, int dilation) {
                    boolean isShared = dilation == 1 && LANES >= (stride == 2 && VectorEnvironment.REGISTERS >= 32 ? 8 : 16);
                    boolean isOrdered = dilation == 1 && stride == 1 && VectorEnvironment.REGISTERS < 32;
                    TapLoads kind = isShared ? TapLoads.SHARED : isOrdered ? TapLoads.ORDERED : TapLoads.SINGLE;
                    int[] offsets = new int[loads(size, stride, isShared)];
                    for (int i = 0; i < offsets.length; i++) {
                        if (stride == 1) {
                            offsets[i] = isShared ? 3 * i : i * dilation;
                        } else {
                            offsets[i] = isShared ? i * LANES : i / 2 + i % 2 * (LANES - 1);
                        }
                    }
                    int lost = !isShared ? 0 : stride == 1 ? 2 : (size - 1) / 2;
                    return new StripLoads(kind, LANES - lost, offsets, (size - 1) * dilation + 1);
                }

                private static int loads(int size, int stride, boolean isShared) {
                    if (stride == 1) {
                        return isShared ? (size + 2) / 3 : size;
                    }
                    return isShared ? 2 : 2 * size;
                }
            """;

    private static final String PARAMETERS = "float[] w, float[] bias, int channel, int channels, float[] x, int xOffset, int xChannel, "
            + "int ldx, int dilation, int top, int height, float[] zeros, float[] spread, float[] y, int yOffset, int yChannel, int ldy, int count, "
            + "int last, long[] masks, long pixels";
    private static final String ARGUMENTS = PARAMETERS.replaceAll("(int|float|long)(\\[\\])? ", "");
    private static final String ARGUMENTS_OF_ONE_CHANNEL = ARGUMENTS.replace("channel, channels", "channel + c, 1")
            .replace("xOffset", "xOffset + c * xChannel").replace("yOffset", "yOffset + c * yChannel");

    /**
     * A kernel of {@code size} by {@code size} taps at one stride, for {@code strips} strips at a time.
     *
     * @param loads of the taps in a row of x
     * @param border whether pixels outside the image are blended away
     */
    private record Kernel(int size, int stride, int strips, Loads loads, boolean border) {
        String name() {
            return "taps%ds%dx%d%s%s".formatted(size, stride, strips, loads.label, border ? "Border" : "");
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
    }

    /** As TapLoads, and in its order. */
    private enum Loads {
        SHARED("Shared"), SINGLE(""), ORDERED("Ordered");

        final String label;

        Loads(String label) {
            this.label = label;
        }
    }

    private static int maxStrips(int size) {
        return size == 3 ? 4 : 1;
    }

    private static List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        for (int size : List.of(3, 5, 7)) {
            for (int stride : List.of(1, 2)) {
                for (int strips = 1; strips <= maxStrips(size); strips++) {
                    for (boolean border : List.of(false, true)) {
                        kernels.add(new Kernel(size, stride, strips, Loads.SHARED, border));
                        if (strips <= 2 || stride == 1) { // at stride 2 not where there are strips enough for more
                            kernels.add(new Kernel(size, stride, strips, Loads.SINGLE, border));
                        }
                        if (strips <= 2 && stride == 1) {
                            kernels.add(new Kernel(size, stride, strips, Loads.ORDERED, border));
                        }
                    }
                }
            }
        }
        return kernels;
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append(
                """

                            /**
                             * The most strips that a call takes: where there are few registers, or many weights, more would not keep their sums in them.
                             * With 16 registers the weights lie on the stack, and two strips share their loads (0.8 of the time).
                             */
                            static int strips(int size) {
                                return size > 3 ? 1 : VectorEnvironment.REGISTERS >= 32 && LANES >= 8 ? 4 : 2;
                            }

                            /** Whether there is a kernel. */
                            static boolean canCompute(int size, int stride) {
                                return (size == 3 || size == 5 || size == 7) && (stride == 1 || stride == 2);
                            }

                            /**
                             * The number of a kernel.
                             *
                             * @param border whether pixels outside the image are blended away: of several strips, in the outermost loads
                             */
                            static int kernel(int size, int stride, int strips, TapLoads loads, boolean border) {
                                return size << 9 | stride << 7 | strips << 4 | loads.ordinal() << 1 | (border ? 1 : 0);
                            }

                            /**
                             * Some strips of {@code count} output rows in some channels.
                             *
                             * @param w the weights of all output channels
                             * @param bias one for each output channel
                             * @param channel the first output channel
                             * @param channels how many
                             * @param xChannel elements of x from one channel to the next; 0 where all have the same
                             * @param xOffset where the first load of image row 0 begins, for the first strip; what lies there need not be in the row
                             * @param dilation columns of x from tap to tap, where loads are not shared
                             * @param top the image row of the first tap of the first output row, negative where it is padding
                             * @param height image rows from this one on are padding
                             * @param zeros stands in for rows outside the image; has at least {@link #SUMS} and a vector's elements
                             * @param spread has room for a vector of each weight of a channel, where loads are ordered; is written
                             * @param last output columns from the first strip's first to the last strip's; the others lie side by side
                             * @param masks for each load of a row of each strip which lanes are pixels of the image
                             * @param pixels which lanes are stored
                             */
                            static void run(int kernel, %s) {
                                switch (kernel) {
                        """
                        .formatted(PARAMETERS));
        for (Kernel kernel : kernels()) {
            int number = kernel.size << 9 | kernel.stride << 7 | kernel.strips << 4 | kernel.loads.ordinal() << 1
                    | (kernel.border ? 1 : 0);
            text.append(kernel.goesThroughChannels()
                    ? "            case %d -> %s(%s);\n".formatted(number, kernel.name(), ARGUMENTS)
                    : """
                                        case %d -> {
                                            for (int c = 0; c < channels; c++) {
                                                %s(%s);
                                            }
                                        }
                            """.formatted(number, kernel.name(), ARGUMENTS_OF_ONE_CHANNEL));
        }
        text.append("""
                            default -> throw new AssertionError(kernel);
                        }
                    }
                """);
        kernels().forEach(kernel -> text.append(new Method(kernel).text()));
        return text.append("}\n").toString();
    }

    /** The text of one kernel. Sum i of strip t, {@code s<t>_<i>}, is the i-th of those that the current row of x meets. */
    private static final class Method {
        private final StringBuilder text = new StringBuilder();
        private final Kernel kernel;
        private final int size;
        private final int stride;
        private final int following;
        private int rows;

        Method(Kernel kernel) {
            this.kernel = kernel;
            this.size = kernel.size;
            this.stride = kernel.stride;
            this.following = kernel.following();
        }

        String text() {
            line("");
            line("    private static void %s(%s) {", kernel.name(), PARAMETERS);
            masks();
            line("        int c = 0;");
            if (kernel.goesThroughChannels()) {
                line("        for (; c < channels; c++) {");
            }
            constants();
            int begun = kernel.hasHead() ? 0 : Math.ceilDiv(size - stride, stride);
            for (int v = 0; kernel.hasHead() && v < size - stride; v++) {
                firstRow(v);
            }
            // the one variable of the loop, because C2 carries several through memory: 3x3 of 14x14 pixels took 1.2 times as long
            line("        int done = %d;", -begun);
            line("        for (; done < count - %d; done++) {", kernel.hasTail() ? following : 0);
            place();
            output(0, following);
            strips(t -> {
                for (int i = 0; i < following; i++) {
                    line("            s%1$d_%2$d = s%1$d_%3$d;", t, i, i + 1);
                }
            });
            line("        }");
            if (kernel.hasTail()) {
                place();
                for (int q = 0; q < following; q++) {
                    output(q, following - 1 - q);
                }
            }
            if (kernel.goesThroughChannels()) {
                line("        }");
            }
            line("    }");
            return text.toString();
        }

        /** Where output row {@code done} is, and the row of x that is the first to complete it. */
        private void place() {
            line("            int row = top + %d + done%s;", size - stride, times(stride));
            line("            int at = plane + row * ldx;");
            line("            int to = result + %s * ldy;", kernel.hasHead() ? "done" : "Math.max(done, 0)");
        }

        private static String times(int factor) {
            return factor == 1 ? "" : " * " + factor;
        }

        private void masks() {
            line("        VectorMask<Float> stored = VectorMask.fromLong(S, pixels);");
            strips(t -> {
                for (int i = 0; i < kernel.count(); i++) {
                    if (kernel.isMasked(t, i)) {
                        line("        VectorMask<Float> m%d_%d = VectorMask.fromLong(S, masks[%d]);", t, i,
                                t * kernel.count() + i);
                    }
                }
            });
        }

        private void constants() {
            line("            int wOffset = (channel + c) * %d;", size * size);
            for (int k = 0; k < size * size; k++) {
                if (kernel.holds(k)) {
                    line("        FloatVector w%1$d = FloatVector.broadcast(S, w[wOffset + %1$d]);", k);
                }
            }
            if (kernel.ordered() && !kernel.holds(size * size - 1)) {
                line("            spread(w, wOffset, %d, spread);", size * size);
            }
            line("        FloatVector start = FloatVector.broadcast(S, bias[channel + c]);");
            line("        FloatVector zero = FloatVector.zero(S);");
            line("            int plane = xOffset + c * xChannel;");
            line("            int result = yOffset + c * yChannel;");
            strips(t -> {
                for (int i = 0; i <= following; i++) {
                    // not the same zero for all, which C2 would keep on the stack, and each sum with it (3x3: half the speed)
                    line("        FloatVector s%d_%d = %s;", t, i,
                            kernel.hasHead() || size == 7
                                    ? "zero"
                                    : "FloatVector.fromArray(S, zeros, %d)".formatted(t * (following + 1) + i));
                }
            });
        }

        /** Row v of x, which completes no sum. */
        private void firstRow(int v) {
            line("        int row%1$d = top + %1$d;", v);
            row("row" + v, "plane + row%d * ldx".formatted(v));
            strips(t -> {
                vectors(t);
                taps(t, 0, v / stride, i -> v - i * stride);
            });
        }

        /** The rows of x that complete output row {@code done + q}; they belong to {@code more} output rows beyond it. */
        private void output(int q, int more) {
            for (int j = 0; j < stride; j++) {
                int v = size - stride + j;
                int below = q * stride + j;
                row(below == 0 ? "row" : "row + " + below, below == 0 ? "at" : "at + %d * ldx".formatted(below));
                boolean isLast = j == stride - 1;
                if (isLast && more < following) {
                    line("        if (done + %d < count) {", q);
                }
                strips(t -> {
                    vectors(t);
                    taps(t, q, q + Math.min(more, v / stride), i -> v - (i - q) * stride);
                    if (isLast) {
                        line("            start.add(s%d_%d)%s.intoArray(y, to%s%s, stored);", t, q,
                                stride == 1 ? "" : ".rearrange(ORDER)", q == 0 ? "" : " + " + q + " * ldy",
                                column(t, 1));
                    }
                });
                if (isLast && more < following) {
                    line("        }");
                }
            }
        }

        /** The array and the offset of a row of x. */
        private void row(String number, String at) {
            rows++;
            line("            boolean inside%1$d = %2$s >= 0 && %2$s < height;", rows, number);
            line("            float[] x%1$d = inside%1$d ? x : zeros;", rows);
            line("            int at%1$d = inside%1$d ? %2$s : 0;", rows, at);
        }

        private void load(int t, int i) {
            String load = "FloatVector.fromArray(S, x%1$d, at%1$d%2$s%3$s)".formatted(rows, column(t, stride),
                    offset(i));
            line("            FloatVector %s = %s;", loaded(t, i),
                    kernel.isMasked(t, i) ? "zero.blend(%s, m%d_%d)".formatted(load, t, i) : load);
        }

        /** The vectors of the row for a strip, one for each tap. Those that are ordered come with their taps. */
        private void vectors(int t) {
            if (kernel.ordered()) {
                return;
            }
            for (int i = 0; i < kernel.count(); i++) {
                load(t, i);
            }
            for (int s = 0; s < size; s++) {
                int by = kernel.rotation(s);
                if (by > 0) {
                    line("            FloatVector %s = %s.rearrange(%s%d);", vector(t, s), vector(t, s - by * stride),
                            stride == 1 ? "ROTATE" : "NEXT", by);
                } else if (stride == 2) {
                    int pair = kernel.shared() ? 0 : 2 * s;
                    line("            FloatVector %s = %s%s.blend(%s%s, ODD);", vector(t, s), loaded(t, pair),
                            kernel.shared() && s == 1 ? ".rearrange(ROTATE1)" : "", loaded(t, pair + 1),
                            kernel.shared() && s == 0 ? ".rearrange(ROTATE_BACK)" : "");
                }
            }
        }

        /** What is to be added for the column of strip t. */
        private String column(int t, int stride) {
            String column = t < kernel.strips - 1 ? t + " * " + kernel.pixels() : "last";
            return t == 0 ? "" : " + " + (stride == 1 ? "" : stride + " * ") + column;
        }

        private String vector(int t, int s) {
            return "x%d_%d_%d".formatted(rows, t, s);
        }

        /** At stride 1 a load is the vector of its first tap. */
        private String loaded(int t, int i) {
            return stride == 2 ? "l%d_%d_%d".formatted(rows, t, i) : vector(t, kernel.shared() ? 3 * i : i);
        }

        private String offset(int i) {
            if (stride == 1) {
                return i == 0
                        ? ""
                        : kernel.shared() ? " + " + 3 * i : kernel.ordered() ? " + " + i : " + " + i + " * dilation";
            }
            int tap = kernel.shared() ? 0 : i / 2;
            return (tap == 0 ? "" : " + " + tap) + (i % 2 == 0 ? "" : kernel.shared() ? " + LANES" : " + LANES - 1");
        }

        private interface TapRow {
            /** The row of taps that sum i folds. */
            int of(int i);
        }

        /** Folds the taps of the row into sums {@code first} to {@code last}. */
        private void taps(int t, int first, int last, TapRow tapRow) {
            for (int s = 0; s < size; s++) {
                if (kernel.ordered()) {
                    line("            VarHandle.loadLoadFence();");
                    load(t, s);
                }
                for (int i = first; i <= last; i++) {
                    int tap = tapRow.of(i) * size + s;
                    if (kernel.broadcastsAnew() && !kernel.holds(tap)) {
                        line("            %s", ForC2.ORDERED);
                    }
                    line("            s%1$d_%2$d = %3$s.fma(%4$s, %5$s);", t, i, vector(t, s), weight(tap),
                            tap == 0 ? "zero" : "s%d_%d".formatted(t, i));
                }
            }
        }

        private String weight(int tap) {
            return kernel.holds(tap)
                    ? "w" + tap
                    : kernel.broadcastsAnew()
                            ? "FloatVector.broadcast(S, w[wOffset + %d])".formatted(tap)
                            : "FloatVector.fromArray(S, spread, %d * LANES)".formatted(tap);
        }

        private interface Strip {
            void at(int t);
        }

        private void strips(Strip strip) {
            for (int t = 0; t < kernel.strips; t++) {
                strip.at(t);
            }
        }

        private void line(String format, Object... values) {
            text.append(format.formatted(values)).append('\n');
        }
    }
}
