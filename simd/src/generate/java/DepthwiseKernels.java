import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
/** The text of {@code FloatDepthwiseKernels}: straight-line kernels for the kernel sizes and strides that networks use. */
class DepthwiseKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatDepthwiseKernels.java";

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorMask;
            import jdk.incubator.vector.VectorShuffle;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Depthwise kernels, which read x in place. A call computes a strip of output columns, at most {@link #pixels} of them, as many
             * output rows at a time as share their vectors of x.
             *
             * <p>A vector of x serves several taps, rotated by a lane from one to the next, because at full width nearly every unaligned load
             * touches two cache lines. At stride 2 two vectors are parted into even and odd pixels first. Pixels that are not in the
             * image are blended away: bit i of a mask says that lane i of a load is a pixel. Rows that are not in the image are read
             * from a row of zeros. Each output folds its taps in rising order: the rows of x come in order, and within them the columns.
             */
            final class FloatDepthwiseKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();
                /** Which lanes a vector has. */
                static final long ALL = -1L >>> -LANES;
                /** Whether loads are shared: rotations cost the lanes that they bring in, too many where there are few. */
                private static final boolean SHARE1 = LANES >= 16;
                private static final boolean SHARE2 = LANES >= 8;
                private static final VectorShuffle<Float> ROTATE1 = VectorShuffle.fromOp(S, i -> (i + 1) % S.length());
                private static final VectorShuffle<Float> ROTATE2 = VectorShuffle.fromOp(S, i -> (i + 2) % S.length());
                private static final VectorShuffle<Float> ROTATE3 = VectorShuffle.fromOp(S, i -> (i + 3) % S.length());
                /** Lanes 0, 2, 4 ... in both halves. */
                private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % S.length());
                /** Lanes 1, 3, 5 ... in both halves. */
                private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> (2 * i + 1) % S.length());
                private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, -1L << S.length() / 2);

                private FloatDepthwiseKernels() {
                }

                /** The most columns of output that one call computes. */
                static int pixels(int size, int stride) {
                    if (stride == 1) {
                        return SHARE1 ? LANES - 2 : LANES;
                    }
                    return SHARE2 ? LANES - (size - 1) / 2 : LANES;
                }

                /** The loads of a row of x. */
                static int loads(int size, int stride) {
                    if (stride == 1) {
                        return SHARE1 ? (size + 2) / 3 : size;
                    }
                    return SHARE2 ? 2 : size + 1;
                }

                /** Pixels of x from the first load of a row to load i. */
                static int loadOffset(int stride, int i) {
                    if (stride == 1) {
                        return SHARE1 ? 3 * i : i;
                    }
                    return i / 2 * 2 + i % 2 * LANES;
                }
            """;

    private static final String PARAMETERS = "float[] w, int wOffset, float bias, float[] x, int xOffset, int ldx, int top, int height, "
            + "float[] zeros, float[] y, int yOffset, int ldy, int count, long[] masks, int mask, long pixels";
    private static final String ARGUMENTS = PARAMETERS.replaceAll("(int|float|long)(\\[\\])? ", "");

    /**
     * A kernel of {@code size} by {@code size} taps at one stride, for {@code rows} output rows.
     *
     * @param shared whether a load of x serves several taps
     * @param border whether pixels outside the image are blended away
     */
    private record Kernel(int size, int stride, int rows, boolean shared, boolean border) {
        String name() {
            return "taps%ds%dr%d%s%s".formatted(size, stride, rows, shared ? "Shared" : "", border ? "Border" : "");
        }

        int lastRow() {
            return (rows - 1) * stride + size - 1;
        }

        int loads() {
            return stride == 1 ? shared ? (size + 2) / 3 : size : shared ? 2 : size + 1;
        }

        /** The lanes by which the vector of tap s is a rotation of another tap's. */
        int rotation(int s) {
            return !shared ? 0 : stride == 1 ? s % 3 : s / 2;
        }

        /** Rows that may lie outside the image, which is padded by half the size at most. */
        boolean isChecked(int u) {
            return u < size / 2 || u > lastRow() - size / 2;
        }
    }

    private static List<Integer> rows(int size, int stride) {
        return size == 3 && stride == 1 ? List.of(7, 4, 1) : size == 7 ? List.of(2, 1) : List.of(4, 1);
    }

    private static List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        for (int size : List.of(3, 5, 7)) {
            for (int stride : List.of(1, 2)) {
                for (int rows : rows(size, stride)) {
                    for (boolean shared : List.of(false, true)) {
                        kernels.add(new Kernel(size, stride, rows, shared, false));
                        kernels.add(new Kernel(size, stride, rows, shared, true));
                    }
                }
            }
        }
        return kernels;
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("""

                    /** How many rows a kernel computes at a time: the choices, or none where there is no kernel. */
                    static int[] rows(int size, int stride) {
                        return stride > 2 ? new int[0] : switch (size * 10 + stride) {
                """);
        for (int size : List.of(3, 5, 7)) {
            for (int stride : List.of(1, 2)) {
                String rows = rows(size, stride).stream().map(String::valueOf).collect(Collectors.joining(", "));
                text.append("            case %d -> new int[] {%s};\n".formatted(size * 10 + stride,
                        rows.replace("7,", "VectorEnvironment.REGISTERS >= 32 ? 7 : 4,")));
            }
        }
        text.append(
                """
                                    default -> new int[0];
                                };
                            }

                            /**
                             * The number of a kernel.
                             *
                             * @param border whether pixels outside the image are blended away
                             */
                            static int kernel(int size, int stride, int rows, boolean border) {
                                boolean shared = stride == 1 ? SHARE1 : SHARE2;
                                return ((size * 4 + stride) * 8 + rows) * 4 + (shared ? 2 : 0) + (border ? 1 : 0);
                            }

                            /**
                             * A strip of {@code count} output rows, as many at a time as the kernel has and not less; those that do not fill the last pass
                             * are computed again together with some before them: the same bits.
                             *
                             * @param w the weights of the channel, from {@code wOffset}
                             * @param xOffset where the first load of image row 0 begins; what lies there need not be in the row
                             * @param top the image row of the first tap of the first output row, negative where it is padding
                             * @param height the rows of the image
                             * @param zeros stands in for rows outside the image
                             * @param masks from {@code mask} on, for each load of a row which lanes are pixels of the image
                             * @param pixels which lanes are stored
                             */
                            static void run(int kernel, %s) {
                                switch (kernel) {
                        """
                        .formatted(PARAMETERS));
        for (Kernel kernel : kernels()) {
            int number = ((kernel.size * 4 + kernel.stride) * 8 + kernel.rows) * 4 + (kernel.shared ? 2 : 0)
                    + (kernel.border ? 1 : 0);
            text.append("            case %d -> %s(%s);\n".formatted(number, kernel.name(), ARGUMENTS));
        }
        text.append("""
                            default -> throw new AssertionError(kernel);
                        }
                    }
                """);
        kernels().forEach(kernel -> method(text, kernel));
        return text.append("}\n").toString();
    }

    private static void method(StringBuilder text, Kernel kernel) {
        text.append("\n    private static void %s(%s) {\n".formatted(kernel.name(), PARAMETERS));
        for (int k = 0; k < kernel.size * kernel.size; k++) {
            text.append("        FloatVector w%1$d = FloatVector.broadcast(S, w[wOffset + %1$d]);\n".formatted(k));
        }
        text.append("        FloatVector start = FloatVector.broadcast(S, bias);\n");
        if (kernel.border) {
            text.append("        FloatVector zero = FloatVector.zero(S);\n");
            for (int i = 0; i < kernel.loads(); i++) {
                text.append(
                        "        VectorMask<Float> m%1$d = VectorMask.fromLong(S, masks[mask + %1$d]);\n".formatted(i));
            }
        }
        text.append("""
                        VectorMask<Float> stored = VectorMask.fromLong(S, pixels);
                        for (int done = 0; done < count; done += %1$d) {
                            int p = Math.min(done, count - %1$d);
                            int first = top + p * %2$d;
                            int above = xOffset + first * ldx;
                            int to = yOffset + p * ldy;
                """.formatted(kernel.rows, kernel.stride));
        each(kernel, i -> text.append("            FloatVector s%d = FloatVector.zero(S);\n".formatted(i)));
        for (int u = 0; u <= kernel.lastRow(); u++) {
            row(text, kernel, u);
            for (int s = 0; s < kernel.size; s++) {
                tap(text, kernel, u, s);
            }
        }
        each(kernel, i -> text
                .append("            start.add(s%1$d).intoArray(y, to + %1$d * ldy, stored);\n".formatted(i)));
        text.append("        }\n    }\n");
    }

    /** The vectors of a row of x, one for each tap. */
    private static void row(StringBuilder text, Kernel kernel, int u) {
        String array = "x";
        String at = "above + %d * ldx".formatted(u);
        if (kernel.isChecked(u)) {
            array = "row" + u;
            at = "at" + u;
            text.append("""
                                boolean inside%1$d = first + %1$d >= 0 && first + %1$d < height;
                                float[] row%1$d = inside%1$d ? x : zeros;
                                int at%1$d = inside%1$d ? above + %1$d * ldx : 0;
                    """.formatted(u));
        }
        for (int i = 0; i < kernel.loads(); i++) {
            String load = "FloatVector.fromArray(S, %s, %s%s)".formatted(array, at, offset(kernel, i));
            String value = kernel.border ? "zero.blend(%s, m%d)".formatted(load, i) : load;
            text.append("            FloatVector %s = %s;\n".formatted(loaded(kernel, u, i), value));
        }
        for (int s = 0; s < kernel.size; s++) {
            String vector = "            FloatVector x%d_%d = ".formatted(u, s);
            int by = kernel.rotation(s);
            if (by > 0) {
                text.append(vector).append("x%d_%d.rearrange(ROTATE%d);\n".formatted(u, s - by * kernel.stride, by));
            } else if (kernel.stride == 2) {
                int pair = kernel.shared ? 0 : s / 2 * 2;
                String lanes = s % 2 == 0 ? "EVEN" : "ODD";
                text.append(vector).append("%1$s.rearrange(%3$s).blend(%2$s.rearrange(%3$s), UPPER);\n"
                        .formatted(loaded(kernel, u, pair), loaded(kernel, u, pair + 1), lanes));
            }
        }
    }

    private static String offset(Kernel kernel, int i) {
        if (kernel.stride == 1) {
            return i == 0 ? "" : " + " + i * (kernel.shared ? 3 : 1);
        }
        return (i < 2 ? "" : " + " + i / 2 * 2) + (i % 2 == 0 ? "" : " + LANES");
    }

    /** At stride 1 a load is the vector of its first tap. */
    private static String loaded(Kernel kernel, int u, int i) {
        return kernel.stride == 2 ? "x%d%c".formatted(u, 'a' + i) : "x%d_%d".formatted(u, kernel.shared ? 3 * i : i);
    }

    private static void tap(StringBuilder text, Kernel kernel, int u, int s) {
        each(kernel, i -> {
            int r = u - i * kernel.stride;
            if (r >= 0 && r < kernel.size) {
                text.append(
                        "            s%1$d = x%2$d_%3$d.fma(w%4$d, s%1$d);\n".formatted(i, u, s, r * kernel.size + s));
            }
        });
    }

    private interface Row {
        void at(int i);
    }

    private static void each(Kernel kernel, Row row) {
        for (int i = 0; i < kernel.rows; i++) {
            row.at(i);
        }
    }
}
