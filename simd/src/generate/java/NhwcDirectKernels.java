/** The text of {@code FloatNhwcDirectKernels}: micro-kernels whose lanes are channels, and so are those of x. */
class NhwcDirectKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatNhwcDirectKernels.java";
    private static final int MAX_PIXELS = 8;
    private static final int MAX_VECTORS = 2;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels whose lanes are output channels, each of which has its taps of x in its lane. Tap k has its values for the i-th pixel of the tile at
             * {@code xOffset + places[k] + i*vectors*LANES}, and its weights at {@code wOffset + k*vectors*LANES}. That all distances but one are constants
             * lets C2 check the bounds of a tap's loads together.
             *
             * <p>Each element is folded from +0, one fused multiply-add a tap; {@code bias[biasOffset ...] + the sum} goes to y.
             */
            final class FloatNhwcDirectKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private FloatNhwcDirectKernels() {
                }

                /**
                 * A tile of {@code pixels} by {@code vectors}.
                 *
                 * @param yStep elements of y from a pixel to the next
                 */
                static void fold(int pixels, int vectors, PARAMETERS) {
                    switch (pixels * 4 + vectors) {
            """;
    private static final String PARAMETERS = "int[] places, float[] x, int xOffset, float[] w, int wOffset, float[] bias, "
            + "int biasOffset, float[] y, int yOffset, int yStep";

    private NhwcDirectKernels() {
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD.replace("PARAMETERS", PARAMETERS));
        String arguments = PARAMETERS.replaceAll("(int|float)(\\[\\])? ", "");
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
                text.append("            case %d -> fold%dx%d(%s);\n".formatted(pixels * 4 + vectors, pixels, vectors,
                        arguments));
            }
        }
        text.append("            default -> throw new AssertionError(pixels + \"x\" + vectors);\n        }\n    }\n");
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
                tile(text, pixels, vectors);
            }
        }
        return text.append("}\n").toString();
    }

    private static void tile(StringBuilder text, int pixels, int vectors) {
        text.append("\n    private static void fold%dx%d(%s) {\n".formatted(pixels, vectors, PARAMETERS));
        for (int i = 0; i < pixels; i++) {
            for (int v = 0; v < vectors; v++) {
                text.append("        FloatVector y%d_%d = FloatVector.zero(S);\n".formatted(i, v));
            }
        }
        text.append("        for (int k = 0; k < places.length; k++) {\n            int at = xOffset + places[k];\n");
        for (int v = 0; v < vectors; v++) {
            text.append(
                    "            FloatVector w%1$d = FloatVector.fromArray(S, w, wOffset + k * %2$d * LANES + %1$d * LANES);\n"
                            .formatted(v, vectors));
        }
        for (int i = 0; i < pixels; i++) {
            for (int v = 0; v < vectors; v++) {
                text.append(
                        "            y%1$d_%2$d = FloatVector.fromArray(S, x, at + %3$d * LANES).fma(w%2$d, y%1$d_%2$d);\n"
                                .formatted(i, v, i * vectors + v));
            }
        }
        text.append("        }\n");
        for (int v = 0; v < vectors; v++) {
            text.append("        FloatVector b%1$d = FloatVector.fromArray(S, bias, biasOffset + %1$d * LANES);\n"
                    .formatted(v));
            for (int i = 0; i < pixels; i++) {
                text.append("        b%2$d.add(y%1$d_%2$d).intoArray(y, yOffset + %1$d * yStep + %2$d * LANES);\n"
                        .formatted(i, v));
            }
        }
        text.append("    }\n");
    }
}
