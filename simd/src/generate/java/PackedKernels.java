import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of {@code FloatPackedKernels}: micro-kernels of 16 registers whose operands are both packed, tap after tap. */
class PackedKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatPackedKernels.java";
    private static final int MAX_ROWS = 5;
    private static final int VECTORS = 2;
    private static final int TOGETHER = 4;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels of 16 registers: rows are output channels, lanes output pixels, two vectors of them. Tap p of A has a weight for each row, from
             * {@code aOffset + p*rows} on, and tap p of B two vectors, from {@code bOffset + p*ldb} on, where {@code ldb} must be two vectors: only so
             * packed, four taps are one piece.
             *
             * <p>With few rows to a tile a vector of pixels meets five weights, and is read again for the next five. In place each tap of 1x1 layers lies on another page
             * and often on the same sets of the L1 cache; packed it comes from that cache, through fewer instructions: 0.6 to 0.97 of the time, in the median 0.81
             * (32 to 2048 channels, JDK 25, Zen 3). With few input channels 7x7 s2 takes 0.82 (3 to 64), 3x3 0.78 (3 to 64). With a larger kernel and several
             * blocks of taps it takes a fifth longer (3x3, 64 channels of 56x56): nine taps share lines in place.
             *
             * <p>Each element is folded from +0 in rising p, one fused multiply-add a tap; the sum is added to C ({@code add}), or to
             * {@code bias[biasOffset + i]}, and C is not read ({@code start}). One method per tile, too large to be inlined. There is no factor alpha, as in a
             * matrix product: it would take a register.
             */
            final class FloatPackedKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();
                /** The most rows. With six, which leave no register, it hangs on the smallest thing whether C2 spills a sum in the loop. */
                static final int ROWS = %d;

                private FloatPackedKernels() {
                }
            """;

    /** What becomes of the sums. */
    private enum Kind {
        START("float[] bias, int biasOffset, "), ADD("");

        final String parameters;

        Kind(String own) {
            parameters = "int taps, float[] a, int aOffset, float[] b, int bOffset, int ldb, " + own
                    + "float[] c, int cOffset, int ldc";
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String arguments() {
            return parameters.replaceAll("(int|float)(\\[\\])? ", "");
        }

        String base(int row, String place) {
            return this == START
                    ? "FloatVector.broadcast(S, bias[biasOffset + %d])".formatted(row)
                    : "FloatVector.fromArray(S, %s)".formatted(place);
        }
    }

    private PackedKernels() {
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD.formatted(MAX_ROWS));
        for (Kind kind : Kind.values()) {
            picker(text, kind);
            for (int rows = 1; rows <= MAX_ROWS; rows++) {
                tile(text, kind, rows);
            }
        }
        return text.append("}\n").toString();
    }

    private static void picker(StringBuilder text, Kind kind) {
        text.append("""

                    /** {@code taps} for a tile of {@code rows}. */
                    static void %s(int rows, %s) {
                        switch (rows) {
                """.formatted(kind.label(), kind.parameters));
        for (int rows = 1; rows <= MAX_ROWS; rows++) {
            text.append("            case %d -> %s%d(%s);\n".formatted(rows, kind.label(), rows, kind.arguments()));
        }
        text.append("            default -> throw new AssertionError(rows);\n        }\n    }\n");
    }

    private static void tile(StringBuilder text, Kind kind, int rows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < VECTORS; v++) {
                lines.add("FloatVector c%d_%d = FloatVector.zero(S);".formatted(i, v));
            }
        }
        loop(lines, rows);
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < VECTORS; v++) {
                String place = "c, cOffset + %d * ldc + %d * LANES".formatted(i, v);
                lines.add("%s.add(c%d_%d).intoArray(%s);".formatted(kind.base(i, place), i, v, place));
            }
        }
        text.append("\n    private static void %s%d(%s) {\n".formatted(kind.label(), rows, kind.parameters));
        lines.forEach(line -> text.append("        ").append(line).append('\n'));
        text.append("    }\n");
    }

    /**
     * Four steps at a time, after those that are too many: 2.1 instructions to an FMA where single steps take 2.8 and {@link TapLoop} 2.4, which counts where another hardware
     * thread takes half of them (Zen 3 so occupied, share of the peak: 0.73, 0.55, 0.65; with the core to itself all reach 0.9).
     *
     * <p>Its oddities are for C2. The distance from row to row is a variable, so that the places of four rows are unknown but for the first, and checked all
     * at once; a constant would let C2 remove the checks, move loads ahead, and spill sums. Exits between the steps, which are never taken, prevent the rest
     * of that. Were they taken, to make the first loop needless, the second one would be half as fast.
     *
     * <p>Tried for the direct convolution by channels, whose operands are packed, too: 2 to 8 % faster, with dilation 3 % slower.
     */
    private static void loop(List<String> lines, int rows) {
        lines.add("int p = 0;");
        lines.add("for (; p < taps %% %d; p++) {".formatted(TOGETHER));
        step(lines, rows, "p", "bOffset + p * ldb");
        lines.add("}");
        for (int u = 1; u < TOGETHER; u++) {
            lines.add("int never%1$d = taps - %1$d;".formatted(u));
        }
        lines.add("for (; p < taps; p += %d) {".formatted(TOGETHER));
        lines.add("    int four = bOffset + p * ldb;");
        step(lines, rows, "p", "four");
        for (int u = 1; u < TOGETHER; u++) {
            lines.add("    if (p == never%d) {".formatted(u));
            lines.add("        break;");
            lines.add("    }");
            step(lines, rows, "(p + %d)".formatted(u), "four + %d * LANES".formatted(u * VECTORS));
        }
        lines.add("}");
    }

    private static void step(List<String> lines, int rows, String p, String place) {
        lines.add("    {");
        for (int v = 0; v < VECTORS; v++) {
            lines.add("        FloatVector b%1$d = FloatVector.fromArray(S, b, %2$s + %1$d * LANES);".formatted(v,
                    place));
        }
        for (int i = 0; i < rows; i++) {
            lines.add("        FloatVector a%1$d = FloatVector.broadcast(S, a[aOffset + %2$s * %3$d + %1$d]);"
                    .formatted(i, p, rows));
            for (int v = 0; v < VECTORS; v++) {
                lines.add("        c%1$d_%2$d = a%1$d.fma(b%2$d, c%1$d_%2$d);".formatted(i, v));
            }
        }
        lines.add("    }");
    }
}
