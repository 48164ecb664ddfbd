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
    /** Some rows of a packed panel of {@code lda}, three vectors wide: a broadcast of A serves three FMAs. */
    WIDE("FloatWideMicroKernels", 8, 3, 3, "a[aOffset + p * lda + ROW]", "float[] a, int aOffset, int lda, ", """
             *             B row p: nr elements at bOffset + p*ldb
             *               | b00 b01 ... |
             *   A panel     | b10 b11 ... |        C row i: nr elements at cOffset + i*ldc
             *   | a00 a01 |
             *   | a10 a11 |   column p: at aOffset + p*lda
            """);

    private final String className;
    private final int maxRows;
    private final int minVectors;
    private final int maxVectors;
    private final String element;
    private final String operand;
    private final String picture;

    MicroKernels(String className, String element, String operand, String picture) {
        this(className, 14, 1, 2, element, operand, picture);
    }

    MicroKernels(String className, int maxRows, int minVectors, int maxVectors, String element, String operand,
            String picture) {
        this.className = className;
        this.maxRows = maxRows;
        this.minVectors = minVectors;
        this.maxVectors = maxVectors;
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
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels: one block of at most KC columns of A [mr x kc] times rows of B [kc x nr], into a micro-tile of C.
             *
             * <pre>
             PICTURE * </pre>
             * Each element of the tile is folded from +0 in rising p, one fused multiply-add a step; then alpha times the sum is added to C
             * ({@code add}), or to {@code init[initOffset + i]}, and C is not read ({@code start}). One method per tile, each too large to be inlined:
             * C2 gives registers to one loop at a time. All vectors are named locals: in an array they would be objects. A method that did both,
             * by a branch behind the loop, was too large for C1 («out of virtual registers») and ran for seconds before C2 took it up.
             */
            public final class CLASS {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private CLASS() {
                }
            """;

    private static final String COMMON = "float[] b, int bOffset, int ldb, float alpha, ";
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
        return "int kc, " + operand + COMMON + kind.parameters;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD.replace("CLASS", className).replace(" PICTURE", picture));
        for (Kind kind : Kind.values()) {
            picker(text, kind);
        }
        for (Kind kind : Kind.values()) {
            for (int rows = 1; rows <= maxRows; rows++) {
                for (int vectors = minVectors; vectors <= maxVectors; vectors++) {
                    tile(text, kind, rows, vectors);
                }
            }
        }
        return text.append("}\n").toString();
    }

    private void picker(StringBuilder text, Kind kind) {
        text.append("\n    /** {@code C = alpha * A * B + ").append(kind.base)
                .append("} for a tile of {@code rows} by {@code vectors}. */\n    public static void ")
                .append(kind.label()).append("(int rows, int vectors, ").append(parameters(kind))
                .append(") {\n        switch ((rows - 1) * ")
                .append(maxVectors).append(" + vectors - 1) {\n");
        for (int rows = 1; rows <= maxRows; rows++) {
            for (int vectors = minVectors; vectors <= maxVectors; vectors++) {
                text.append("            case ").append((rows - 1) * maxVectors + vectors - 1).append(" -> ")
                        .append(kind.label()).append(rows).append('x')
                        .append(vectors).append('(').append(parameters(kind).replaceAll("(int|float(\\[\\])?) ", ""))
                        .append(");\n");
            }
        }
        text.append("            default -> throw new AssertionError(rows + \"x\" + vectors);\n        }\n    }\n");
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
        lines.add("for (int p = 0; p < kc; p++) {");
        for (int v = 0; v < vectors; v++) {
            lines.add(
                    "    FloatVector b" + v + " = FloatVector.fromArray(S, b, bOffset + p * ldb + " + v + " * LANES);");
        }
        for (int i = 0; i < rows; i++) {
            lines.add("    FloatVector a" + i + " = FloatVector.broadcast(S, " + element(rows, i) + ");");
            for (int v = 0; v < vectors; v++) {
                lines.add("    c" + i + "_" + v + " = a" + i + ".fma(b" + v + ", c" + i + "_" + v + ");");
            }
        }
        lines.add("}");
        lines.add("FloatVector scale = FloatVector.broadcast(S, alpha);");
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < vectors; v++) {
                String place = "c, cOffset + " + i + " * ldc + " + v + " * LANES";
                String base = kind == Kind.START
                        ? "FloatVector.broadcast(S, init[initOffset + " + i + "])"
                        : "FloatVector.fromArray(S, " + place + ")";
                lines.add("scale.fma(c" + i + "_" + v + ", " + base + ").intoArray(" + place + ");");
            }
        }
        text.append("\n    private static void ").append(kind.label()).append(rows).append('x').append(vectors)
                .append('(').append(parameters(kind)).append(") {\n");
        lines.forEach(line -> text.append("        ").append(line).append('\n'));
        text.append("    }\n");
    }
}
