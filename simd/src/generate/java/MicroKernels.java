import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of the classes of micro-kernels: one straight-line method per micro-tile, and the method that picks one. The classes differ in how A lies.
 */
enum MicroKernels {
    /** A packed in panels of as many rows as the micro-tile has. */
    PANELS("FloatMicroKernels", "a[aOffset + p * ROWS + ROW]", "float[] a, int aOffset, ", """
             *             B row p: nr elements at bOffset + p*ldb
             *               | b00 b01 ... |
             *   A panel     | b10 b11 ... |        C row i: nr elements at cOffset + i*ldc
             *   | a00 a01 |
             *   | a10 a11 |   packed by columns: a00 a10 ... a01 a11 ...
            """),
    /** A row-major. */
    ROWS("FloatRowMicroKernels", "a[aOffset + ROW * lda + p]", "float[] a, int aOffset, int lda, ", """
             *             B row p: nr elements at bOffset + p*ldb
             *               | b00 b01 ... |
             *   A           | b10 b11 ... |        C row i: nr elements at cOffset + i*ldc
             *   | a00 a01 |
             *   | a10 a11 |   row i: kc elements at aOffset + i*lda
            """),
    /** A row-major with a fixed leading dimension: needs no register per row for the addresses. */
    COPIED_ROWS("FloatCopiedRowMicroKernels", "a[ROW * CopiedRows.LD + p]", "float[] a, ", """
             *             B row p: nr elements at bOffset + p*ldb
             *               | b00 b01 ... |
             *   A           | b10 b11 ... |        C row i: nr elements at cOffset + i*ldc
             *   | a00 a01 |
             *   | a10 a11 |   row i: kc elements at i * CopiedRows.LD
            """),
    /** Some rows of a packed panel of {@code lda}, without alpha. With three vectors a broadcast of A serves three FMAs. */
    UNSCALED("FloatUnscaledMicroKernels", 3, false, "a[aOffset + p * lda + ROW]", "float[] a, int aOffset, int lda, ",
            """
                     *             B row p: nr elements at bOffset + p*ldb
                     *               | b00 b01 ... |
                     *   A panel     | b10 b11 ... |        C row i: nr elements at cOffset + i*ldc
                     *   | a00 a01 |
                     *   | a10 a11 |   column p: at aOffset + p*lda
                    """);

    private static final int MAX_ROWS = 14;
    /** The same with three vectors. */
    private static final int MAX_WIDE_ROWS = 8;

    private final String className;
    private final int maxVectors;
    private final boolean isScaled;
    private final String element;
    private final String operand;
    private final String picture;

    MicroKernels(String className, String element, String operand, String picture) {
        this(className, 2, true, element, operand, picture);
    }

    MicroKernels(String className, int maxVectors, boolean isScaled, String element, String operand, String picture) {
        this.className = className;
        this.maxVectors = maxVectors;
        this.isScaled = isScaled;
        this.element = element;
        this.operand = operand;
        this.picture = picture;
    }

    /** Where the text goes. */
    String file() {
        return "dev/lanewise/simd/gemm/" + className + ".java";
    }

    private static final String HEAD = """
            package dev.lanewise.simd.gemm;

            import dev.lanewise.simd.environment.VectorEnvironment;
            IMPORT
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels: one block of at most KC columns of A [mr x kc] times rows of B [kc x nr], into a micro-tile of C.
             *
             * <pre>
             PICTURE * </pre>
             * Each element of the tile is folded from +0 in rising p, one fused multiply-add a step; then SUM is added to C
             * ({@code add}), or to {@code init[initOffset + i]}, and C is not read ({@code start}). One method per tile, each too large to be inlined:
             * C2 gives registers to one loop at a time. All vectors are named locals: in an array they would be objects. A method that did both,
             * by a branch behind the loop, was too large for C1 («out of virtual registers») and ran for seconds before C2 took it up.
            NOTE */
            public final class CLASS {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private CLASS() {
                }
            """;

    private static final String NOTE = """
             *
             * <p>There is no factor alpha: 14x2 would lack its register, and the loads of alpha behind the loop take time where blocks are short. Because the
             * distance lda is a variable, C2 checks the first and the last element of A in each step; constant ones it would check before the loop, each by itself. Together 2 to
             * 8 % faster in most 1x1 convolutions of up to 128 channels, and as fast with more (JDK 25, Zen 5).
            """;

    private static final String COMMON = "float[] b, int bOffset, int ldb, ";
    private static final String TARGET = "float[] c, int cOffset, int ldc";

    /** What becomes of the sums. */
    private enum Kind {
        START("init[initOffset + i]", "float[] init, int initOffset, "), ADD("C", "");

        final String base;
        final String parameters;

        Kind(String base, String parameters) {
            this.base = base;
            this.parameters = parameters + TARGET;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private String parameters(Kind kind) {
        return "int kc, " + operand + COMMON + (isScaled ? "float alpha, " : "") + kind.parameters;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD.replace("CLASS", className).replace(" PICTURE", picture)
                .replace("IMPORT\n", isScaled ? "" : "import java.lang.invoke.VarHandle;\n")
                .replace("SUM", isScaled ? "alpha times the sum" : "the sum").replace("NOTE", isScaled ? "" : NOTE));
        for (Kind kind : Kind.values()) {
            picker(text, kind);
        }
        for (Kind kind : Kind.values()) {
            tiles((rows, vectors) -> tile(text, kind, rows, vectors));
        }
        return text.append("}\n").toString();
    }

    private void picker(StringBuilder text, Kind kind) {
        text.append("\n    /** {@code C = ").append(isScaled ? "alpha * " : "").append("A * B + ").append(kind.base)
                .append("} for a tile of {@code rows} by {@code vectors}. */\n    public static void ")
                .append(kind.label()).append("(int rows, int vectors, ").append(parameters(kind))
                .append(") {\n        switch ((rows - 1) * ")
                .append(maxVectors).append(" + vectors - 1) {\n");
        String arguments = parameters(kind).replaceAll("(int|float(\\[\\])?) ", "");
        tiles((rows, vectors) -> text.append("            case %d -> %s%dx%d(%s);\n".formatted(
                (rows - 1) * maxVectors + vectors - 1, kind.label(), rows, vectors, arguments)));
        text.append("            default -> throw new AssertionError(rows + \"x\" + vectors);\n        }\n    }\n");
    }

    private void tiles(Tile tile) {
        for (int rows = 1; rows <= MAX_ROWS; rows++) {
            for (int vectors = 1; vectors <= (rows <= MAX_WIDE_ROWS ? maxVectors : 2); vectors++) {
                tile.at(rows, vectors);
            }
        }
    }

    private interface Tile {
        void at(int rows, int vectors);
    }

    private String element(int rows, int row) {
        return element.replace("ROWS", "" + rows).replace("ROW", "" + row);
    }

    private void tile(StringBuilder text, Kind kind, int rows, int vectors) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < vectors; v++) {
                lines.add("FloatVector c" + i + "_" + v + " = FloatVector.zero(S);");
            }
        }
        if (!isScaled) {
            lines.add(ForC2.shortLoop("kc"));
        }
        lines.add("for (int p = 0; p < " + (isScaled ? "kc" : "end") + "; p++) {");
        for (int v = 0; v < vectors; v++) {
            lines.add(
                    "    FloatVector b" + v + " = FloatVector.fromArray(S, b, bOffset + p * ldb + " + v + " * LANES);");
        }
        for (int i = 0; i < rows; i++) {
            if (!isScaled) {
                lines.add("    " + ForC2.ORDERED);
            }
            lines.add("    FloatVector a" + i + " = FloatVector.broadcast(S, " + element(rows, i) + ");");
            for (int v = 0; v < vectors; v++) {
                lines.add("    c" + i + "_" + v + " = a" + i + ".fma(b" + v + ", c" + i + "_" + v + ");");
            }
        }
        lines.add("}");
        if (isScaled) {
            lines.add("FloatVector scale = FloatVector.broadcast(S, alpha);");
        }
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < vectors; v++) {
                String place = "c, cOffset + " + i + " * ldc + " + v + " * LANES";
                String base = kind == Kind.START
                        ? "FloatVector.broadcast(S, init[initOffset + " + i + "])"
                        : "FloatVector.fromArray(S, " + place + ")";
                String sum = "c" + i + "_" + v;
                lines.add((isScaled ? "scale.fma(" + sum + ", " + base + ")" : base + ".add(" + sum + ")")
                        + ".intoArray(" + place + ");");
            }
        }
        text.append("\n    private static void ").append(kind.label()).append(rows).append('x').append(vectors)
                .append('(').append(parameters(kind)).append(") {\n");
        lines.forEach(line -> text.append("        ").append(line).append('\n'));
        text.append("    }\n");
    }
}
