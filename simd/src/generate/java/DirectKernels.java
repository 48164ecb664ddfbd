import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of {@code FloatDirectKernels}: micro-kernels that find the rows of B through a table of offsets. */
class DirectKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatDirectKernels.java";
    private static final int MAX_ROWS = 6;
    /** Sums of the largest tiles of 16 registers. */
    private static final int FULL = 12;
    /** The vectors of pixels for which those have registers. */
    private static final int HELD = 2;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import java.lang.invoke.VarHandle;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels of the direct convolution: lanes are output pixels, rows are output channels. Tap p of all pixels of a tile is
             * the run of x that starts at {@code xOffset + offsets[p]}: nothing is packed.
             *
             * <p>Each element is folded from +0 in the table's order, one fused multiply-add a tap; the sum is added to C ({@code add}), or to
             * {@code bias[biasOffset + i]}, and C is not read ({@code start}). One method per tile, too large to be inlined and small enough for C1.
             *
             * <p>With 16 registers tiles of 4x3 and 3x4 hold two vectors of pixels; the others are operands in memory, read anew for each row behind a fence, which takes no
             * instruction. Of 4x3 a multiply-add takes 2.7 instructions, where 4x2, all in registers, takes 3.4 (Zen 3: groups of 4 channels mostly 12 to 16 % less time, of 8
             * up to 4 % less). Four steps of it at a time take 2.4, and longer for what is before the loop.
             */
            final class FloatDirectKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();
                private static final boolean HAS_FEW_REGISTERS = VectorEnvironment.REGISTERS < 32;

                private FloatDirectKernels() {
                }
            """;

    /** What becomes of the sums. */
    private enum Kind {
        START("float[] bias, int biasOffset, "), ADD("");

        final String parameters;

        Kind(String own) {
            parameters = "int[] offsets, int count, float[] a, int aOffset, float[] x, int xOffset, " + own
                    + "float[] c, int cOffset, int ldc";
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String arguments() {
            return parameters.replaceAll("(int|float)(\\[\\])? ", "");
        }
    }

    /** Tiles of at most 24 sums; those of few rows have more vectors, so that enough sums are independent. */
    private static List<Integer> vectors(int rows) {
        return rows <= 2 ? List.of(1, 2, 3, 4, 8) : rows <= 4 ? List.of(1, 2, 3, 4, 6) : List.of(1, 2, 3, 4);
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Kind kind : Kind.values()) {
            picker(text, kind);
            for (int rows = 1; rows <= MAX_ROWS; rows++) {
                for (int vectors : vectors(rows)) {
                    tile(text, kind, rows, vectors);
                }
            }
        }
        return text.append("}\n").toString();
    }

    private static void picker(StringBuilder text, Kind kind) {
        text.append("""

                    /** {@code count} taps for a tile of {@code rows} by {@code vectors}. */
                    static void %s(int rows, int vectors, %s) {
                        switch (rows * 16 + vectors) {
                """.formatted(kind.label(), kind.parameters));
        for (int rows = 1; rows <= MAX_ROWS; rows++) {
            for (int vectors : vectors(rows)) {
                text.append("            case %d -> %s%dx%d(%s);\n".formatted(rows * 16 + vectors, kind.label(), rows,
                        vectors,
                        kind.arguments()));
            }
        }
        text.append("            default -> throw new AssertionError(rows + \"x\" + vectors);\n        }\n    }\n");
    }

    private static void tile(StringBuilder text, Kind kind, int rows, int vectors) {
        text.append(
                "\n    private static void %s%dx%d(%s) {\n".formatted(kind.label(), rows, vectors, kind.parameters));
        each(rows, vectors,
                (i, v) -> text.append("        FloatVector c%d_%d = FloatVector.zero(S);\n".formatted(i, v)));
        TapLoop.lines("n", "count", rows, vectors, n -> step(rows, vectors, n))
                .forEach(line -> text.append("        ").append(line).append('\n'));
        each(rows, vectors, (i, v) -> {
            String place = "c, cOffset + %d * ldc + %d * LANES".formatted(i, v);
            String base = kind == Kind.START
                    ? "FloatVector.broadcast(S, bias[biasOffset + %d])".formatted(i)
                    : "FloatVector.fromArray(S, %s)".formatted(place);
            text.append("        %s.add(c%d_%d).intoArray(%s);\n".formatted(base, i, v, place));
        });
        text.append("    }\n");
    }

    private static List<String> step(int rows, int vectors, String n) {
        List<String> lines = new ArrayList<>();
        lines.add("int at = xOffset + offsets[" + n + "];");
        for (int v = 0; v < vectors; v++) {
            lines.add("FloatVector x%d = FloatVector.fromArray(S, x, at + %d * LANES);".formatted(v, v));
        }
        boolean isFull = rows * vectors == FULL && vectors > HELD;
        for (int i = 0; i < rows; i++) {
            if (isFull) {
                lines.add("if (HAS_FEW_REGISTERS) { VarHandle.loadLoadFence(); }");
            }
            lines.add(
                    "FloatVector a%d = FloatVector.broadcast(S, a[aOffset + %s * %d + %d]);".formatted(i, n, rows, i));
            for (int v = 0; v < vectors; v++) {
                String pixels = isFull && v >= HELD
                        ? "HAS_FEW_REGISTERS ? FloatVector.fromArray(S, x, at + %1$d * LANES) : x%1$d".formatted(v)
                        : "x" + v;
                lines.add("c%1$d_%2$d = a%1$d.fma(%3$s, c%1$d_%2$d);".formatted(i, v, pixels));
            }
        }
        return lines;
    }

    private interface Element {
        void at(int row, int vector);
    }

    private static void each(int rows, int vectors, Element element) {
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < vectors; v++) {
                element.at(i, v);
            }
        }
    }
}
