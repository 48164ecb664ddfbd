import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of {@code FloatColumnKernels}: micro-kernels whose pixels are packed, tap after tap, as wide as the micro-tile. */
class ColumnKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatColumnKernels.java";
    private static final int MAX_ROWS = 5;
    private static final int VECTORS = 2;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels of 16 registers: lanes are output pixels, two vectors of them, and rows are output channels. Tap p of all pixels of the tile lies in
             * {@code x} from {@code p * ld} on, where {@code ld} must be two vectors: so packed, four taps are one piece.
             *
             * <p>Each element is folded from +0 in rising p, one fused multiply-add a tap; the sum is added to C ({@code add}), or to
             * {@code bias[biasOffset + i]}, and C is not read ({@code start}). One method per tile, too large to be inlined. There is no factor alpha, as in a
             * matrix product: it would take a register.
             */
            final class FloatColumnKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();
                /** The most rows. With six, which leave no register, it hangs on the smallest thing whether C2 spills a sum in the loop. */
                static final int ROWS = %d;

                private FloatColumnKernels() {
                }
            """;

    /** What becomes of the sums. */
    private enum Kind {
        START("float[] bias, int biasOffset, "), ADD("");

        final String parameters;

        Kind(String own) {
            parameters = "int taps, float[] a, int aOffset, float[] x, int xOffset, int ld, " + own
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

    private ColumnKernels() {
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
        lines.addAll(PackedLoop.lines("p", "taps", "xOffset", "ld", VECTORS + " * LANES",
                (p, place) -> step(rows, p, place)));
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

    private static List<String> step(int rows, String p, String place) {
        List<String> lines = new ArrayList<>();
        for (int v = 0; v < VECTORS; v++) {
            lines.add("FloatVector x%d = FloatVector.fromArray(S, x, %s + %d * LANES);".formatted(v, place, v));
        }
        for (int i = 0; i < rows; i++) {
            lines.add(
                    "FloatVector a%d = FloatVector.broadcast(S, a[aOffset + %s * %d + %d]);".formatted(i, p, rows, i));
            for (int v = 0; v < VECTORS; v++) {
                lines.add("c%1$d_%2$d = a%1$d.fma(x%2$d, c%1$d_%2$d);".formatted(i, v));
            }
        }
        return lines;
    }
}
