/** The text of {@code FloatTailKernels}: micro-kernels for the few pixels behind the last whole vector. */
class TailKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatTailKernels.java";
    private static final int MAX_PIXELS = 4;
    private static final int PANELS = 4;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels for the few pixels behind the last whole vector: lanes are the rows of a panel of A as {@link dev.lanewise.simd.gemm.FloatPackedA}
             * packs it, four panels at a time, so that enough sums are independent.
             *
             * <p>Panel i has {@code ldi} rows and begins at {@code ai}; a vector goes on into the next column where that is fewer than its lanes, so the
             * last column needs a vector's room. Row p of B is at {@code bOffset + p*ldb}. Each sum is folded from +0 in rising p, one fused multiply-add a
             * step; that of panel i and pixel j goes to {@code sums} at {@code (i*%d + j) * LANES}.
             */
            final class FloatTailKernels {
                /** The most pixels. */
                static final int PIXELS = %d;
                /** The panels of a call. */
                static final int PANELS = %d;
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private FloatTailKernels() {
                }
            """
            .formatted(MAX_PIXELS, MAX_PIXELS, PANELS);

    private static final String PARAMETERS = "int kc, float[] a, int a0, int ld0, int a1, int ld1, int a2, int ld2, int a3, int ld3, "
            + "float[] b, int bOffset, int ldb, float[] sums";
    private static final String ARGUMENTS = PARAMETERS.replaceAll("(int|float)(\\[\\])? ", "");

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append(
                "\n    /** The sums of {@code pixels} pixels over {@code kc} taps. */\n    static void run(int pixels, ")
                .append(PARAMETERS).append(") {\n        switch (pixels) {\n");
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            text.append("            case %1$d -> run%1$d(%2$s);\n".formatted(pixels, ARGUMENTS));
        }
        text.append("            default -> throw new AssertionError(pixels);\n        }\n    }\n");
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            kernel(text, pixels);
        }
        return text.append("}\n").toString();
    }

    private static void kernel(StringBuilder text, int pixels) {
        text.append("\n    private static void run%d(%s) {\n".formatted(pixels, PARAMETERS));
        each(pixels, (i, j) -> text.append("        FloatVector s%d_%d = FloatVector.zero(S);\n".formatted(i, j)));
        text.append("        ").append(ForC2.shortLoop("kc"))
                .append("\n        for (int p = 0; p < end; p++) {\n");
        for (int j = 0; j < pixels; j++) {
            text.append(
                    "            FloatVector b%1$d = FloatVector.broadcast(S, b[bOffset + p * ldb + %1$d]);\n"
                            .formatted(j));
        }
        for (int i = 0; i < PANELS; i++) {
            text.append(
                    "            FloatVector v%1$d = FloatVector.fromArray(S, a, a%1$d + p * ld%1$d);\n".formatted(i));
            for (int j = 0; j < pixels; j++) {
                text.append("            s%1$d_%2$d = b%2$d.fma(v%1$d, s%1$d_%2$d);\n".formatted(i, j));
            }
        }
        text.append("        }\n");
        each(pixels, (i, j) -> text.append(
                "        s%d_%d.intoArray(sums, %d * LANES);\n".formatted(i, j, i * MAX_PIXELS + j)));
        text.append("    }\n");
    }

    private interface Element {
        void at(int panel, int pixel);
    }

    private static void each(int pixels, Element element) {
        for (int i = 0; i < PANELS; i++) {
            for (int j = 0; j < pixels; j++) {
                element.at(i, j);
            }
        }
    }
}
