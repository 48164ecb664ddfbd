import java.util.Locale;

/** The text of {@code FloatChannelKernels}: micro-kernels whose lanes are output channels. */
class ChannelKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatChannelKernels.java";
    private static final int MAX_PIXELS = 14;
    private static final int MAX_VECTORS = 2;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels whose lanes are output channels and whose rows are output pixels. The n-th tap of a call is {@code taps[n]}:
             * its values for all pixels of the tile are packed at {@code xOffset + n*pixels}, and broadcast; its weights are the vectors at
             * {@code wOffset + taps[n]*vectors*LANES}. The table is for the weights because taps may be missing from it.
             *
             * <p>Each element is folded from +0, one fused multiply-add a tap; the sum is added to C ({@code add}), or to
             * {@code bias[biasOffset ...]}, and C is not read ({@code start}). One method per tile, too large to be inlined.
             */
            final class FloatChannelKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private FloatChannelKernels() {
                }
            """;

    /** What becomes of the sums. */
    private enum Kind {
        START("float[] bias, int biasOffset, "), ADD("");

        final String parameters;

        Kind(String own) {
            parameters = "int[] taps, int count, float[] x, int xOffset, float[] w, int wOffset, " + own
                    + "float[] c, int cOffset, int ldc";
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String arguments() {
            return parameters.replaceAll("(int|float)(\\[\\])? ", "");
        }
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Kind kind : Kind.values()) {
            picker(text, kind);
            for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
                for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
                    tile(text, kind, pixels, vectors);
                }
            }
        }
        return text.append("}\n").toString();
    }

    private static void picker(StringBuilder text, Kind kind) {
        text.append("""

                    /** {@code count} taps for a tile of {@code pixels} by {@code vectors}. */
                    static void %s(int pixels, int vectors, %s) {
                        switch (pixels * 4 + vectors) {
                """.formatted(kind.label(), kind.parameters));
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
                text.append("            case %d -> %s%dx%d(%s);\n".formatted(pixels * 4 + vectors, kind.label(),
                        pixels, vectors,
                        kind.arguments()));
            }
        }
        text.append("            default -> throw new AssertionError(pixels + \"x\" + vectors);\n        }\n    }\n");
    }

    private static void tile(StringBuilder text, Kind kind, int pixels, int vectors) {
        text.append(
                "\n    private static void %s%dx%d(%s) {\n".formatted(kind.label(), pixels, vectors, kind.parameters));
        each(pixels, vectors,
                (i, v) -> text.append("        FloatVector c%d_%d = FloatVector.zero(S);\n".formatted(i, v)));
        text.append(
                "        for (int n = 0; n < count; n++) {\n            int at = wOffset + taps[n] * %d * LANES;\n"
                        .formatted(vectors));
        for (int v = 0; v < vectors; v++) {
            text.append(
                    "            FloatVector w%1$d = FloatVector.fromArray(S, w, at + %1$d * LANES);\n"
                            .formatted(v));
        }
        for (int i = 0; i < pixels; i++) {
            text.append("            FloatVector x%1$d = FloatVector.broadcast(S, x[xOffset + n * %2$d + %1$d]);\n"
                    .formatted(i, pixels));
            for (int v = 0; v < vectors; v++) {
                text.append("            c%1$d_%2$d = x%1$d.fma(w%2$d, c%1$d_%2$d);\n".formatted(i, v));
            }
        }
        text.append("        }\n");
        each(pixels, vectors, (i, v) -> {
            String place = "c, cOffset + %d * ldc + %d * LANES".formatted(i, v);
            String base = kind == Kind.START
                    ? "FloatVector.fromArray(S, bias, biasOffset + %d * LANES)".formatted(v)
                    : "FloatVector.fromArray(S, %s)".formatted(place);
            text.append("        %s.add(c%d_%d).intoArray(%s);\n".formatted(base, i, v, place));
        });
        text.append("    }\n");
    }

    private interface Element {
        void at(int pixel, int vector);
    }

    private static void each(int pixels, int vectors, Element element) {
        for (int i = 0; i < pixels; i++) {
            for (int v = 0; v < vectors; v++) {
                element.at(i, v);
            }
        }
    }
}
