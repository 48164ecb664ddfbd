import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The text of {@code FloatDepthwiseKernels}: straight-line kernels for the kernel sizes that networks use. */
class DepthwiseKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatDepthwiseKernels.java";

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Depthwise kernels: some output rows at a time, a vector of pixels in each, so that a vector of x serves all rows that it meets.
             *
             * <p>Padded row u, phase v of column pixels, is at {@code xOffset + u*rowPitch + v*phasePitch}. Each output folds its taps in
             * rising order: the rows of x come in order, and within them the columns.
             */
            final class FloatDepthwiseKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private FloatDepthwiseKernels() {
                }
            """;

    private static final String PARAMETERS = "float[] w, int wOffset, float bias, float[] x, int xOffset, int rowPitch, int phasePitch, "
            + "float[] y, int yOffset, int ldy, int count, int width";
    private static final String ARGUMENTS = PARAMETERS.replaceAll("(int|float)(\\[\\])? ", "");

    /** A kernel of {@code size} by {@code size} taps at one stride, for {@code rows} output rows. */
    private record Kernel(int size, int stride, int rows) {
        String name() {
            return "taps%dx%ds%dr%d".formatted(size, size, stride, rows);
        }

        int key() {
            return size * 100 + stride * 10 + rows;
        }
    }

    /** As many rows as leave registers for the weights, which are broadcast once a call where they fit. */
    private static final List<Kernel> KERNELS = Arrays.asList(new Kernel(3, 1, 4), new Kernel(3, 1, 1),
            new Kernel(3, 2, 4), new Kernel(3, 2, 1),
            new Kernel(5, 1, 4), new Kernel(5, 1, 1), new Kernel(5, 2, 4), new Kernel(5, 2, 1), new Kernel(7, 1, 2),
            new Kernel(7, 1, 1),
            new Kernel(7, 2, 2), new Kernel(7, 2, 1));

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append(
                """

                            /** The rows that one call computes at most, or 0 where there is no kernel of this size and stride. */
                            static int rows(int size, int stride) {
                                return switch (size * 10 + stride) {
                        """);
        for (Kernel kernel : KERNELS) {
            if (kernel.rows > 1) {
                text.append("            case %d -> %d;\n".formatted(kernel.size * 10 + kernel.stride, kernel.rows));
            }
        }
        text.append(
                """
                                    default -> 0;
                                };
                            }

                            /**
                             * {@code count} output rows of {@code width} pixels, {@code rows} at a time. Neither may be less than one pass computes; rows and
                             * pixels that do not fill the last pass are computed again together with some before them: the same bits.
                             */
                            static void run(int size, int stride, int rows, %s) {
                                switch (size * 100 + stride * 10 + rows) {
                        """
                        .formatted(PARAMETERS));
        KERNELS.forEach(kernel -> text
                .append("            case %d -> %s(%s);\n".formatted(kernel.key(), kernel.name(), ARGUMENTS)));
        text.append(
                "            default -> throw new AssertionError(size + \"x\" + size + \" stride \" + stride + \" rows \" + rows);\n        }\n    }\n");
        KERNELS.forEach(kernel -> kernel(text, kernel));
        return text.append("}\n").toString();
    }

    private static void kernel(StringBuilder text, Kernel kernel) {
        text.append("\n    private static void %s(%s) {\n".formatted(kernel.name(), PARAMETERS));
        IntStream.range(0, kernel.size * kernel.size)
                .forEach(k -> text.append(
                        "        FloatVector w%d = FloatVector.broadcast(S, w[wOffset + %d]);\n".formatted(k, k)));
        text.append("""
                        FloatVector start = FloatVector.broadcast(S, bias);
                        for (int p = 0; p < count; p += %1$d) {
                            int row = Math.min(p, count - %1$d);
                            int above = xOffset + row * %2$d * rowPitch;
                            int to = yOffset + row * ldy;
                            for (int j = 0; j < width; j += LANES) {
                                int q = Math.min(j, width - LANES);
                """.formatted(kernel.rows, kernel.stride));
        rows(kernel).forEach(i -> text.append("                FloatVector s%d = FloatVector.zero(S);\n".formatted(i)));
        int lastRow = (kernel.rows - 1) * kernel.stride + kernel.size - 1;
        for (int u = 0; u <= lastRow; u++) {
            for (int s = 0; s < kernel.size; s++) {
                tap(text, kernel, u, s);
            }
        }
        rows(kernel).forEach(
                i -> text.append("                start.add(s%d).intoArray(y, to + %d * ldy + q);\n".formatted(i, i)));
        text.append("            }\n        }\n    }\n");
    }

    private static void tap(StringBuilder text, Kernel kernel, int u, int s) {
        text.append(
                "                FloatVector x%d_%d = FloatVector.fromArray(S, x, above + %d * rowPitch + %d * phasePitch + %d + q);\n"
                        .formatted(u, s, u, s % kernel.stride, s / kernel.stride));
        rows(kernel).filter(i -> u >= i * kernel.stride && u - i * kernel.stride < kernel.size).forEach(i -> {
            int k = (u - i * kernel.stride) * kernel.size + s;
            text.append("                s%1$d = x%2$d_%3$d.fma(w%4$d, s%1$d);\n".formatted(i, u, s, k));
        });
    }

    private static IntStream rows(Kernel kernel) {
        return IntStream.range(0, kernel.rows);
    }
}
