import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of the classes of micro-kernels of 16 registers whose operands are both packed, tap after tap. The classes differ in how B comes to be so, and whether taps of it may be missing. */
enum PackedKernels {
    /** None. */
    ALL("FloatPackedKernels", "int taps, float[] a, int aOffset, float[] b, int bOffset, ",
            """
                     * <p>Tap p of A has an element for each row, from {@code aOffset + p*rows} on, and tap p of B two vectors, from
                     * {@code bOffset + p*2*LANES} on: weights and pixels, where rows are output channels, or pixels and weights, where they are pixels.
                     *
                     * <p>Pixels pay for packing from some panels of weights on, which meet them one after the other. In place each tap of 1x1 layers lies on
                     * another page and often on the same sets of the L1 cache; those of a larger kernel share lines with their neighbours, but each costs a
                     * look into a table and two bounds checks. Packed they all take fewer instructions: 0.6 to 0.97 of the time for 1x1, 0.84 to 0.95
                     * for 3x3 with 24 output channels or more (JDK 25, Zen 3).
                    """),
    /** None, and pixels are packed on the way. */
    PACKING("FloatPackingKernels",
            "int[] offsets, int taps, float[] a, int aOffset, float[] x, int xOffset, float[] b, int bOffset, ",
            """
                     * <p>Rows are output channels, lanes output pixels: tap p of A has an element for each row, from {@code aOffset + p*rows} on, and tap p of the pixels is the
                     * run of two vectors of x that starts at {@code xOffset + offsets[p]}. They are also stored in B, from {@code bOffset + p*2*LANES} on, where the other panels of
                     * weights find them. While a first panel is multiplied the stores cost little: the direct convolution of 32 to 256 channels takes 0.92 to 1.02 of the time of packing
                     * first, 0.97 in the mean. 1x1 convolution does not gain (0.9 to 1.12): the taps of a tile are in as many lines, for which a loop that only copies waits less (Zen 3).
                    """),
    /** Some, between pairs of neighbours. */
    PAIRS("FloatPairedKernels", "int[] list, int first, int taps, float[] a, int aOffset, float[] b, int bOffset, ",
            """
                     * <p>Rows are output pixels, lanes output channels. Tap p of A has a pixel for each row, from {@code aOffset + p*rows} on; its
                     * weights are the two vectors of B from {@code bOffset + list[2*p]*2*LANES} on. From tap {@code first} on the list has pairs of
                     * neighbours, of which one is looked up. The taps of a 3x3 kernel that do not meet padding are such pairs: 2.0 instructions to
                     * an FMA, one by one 2.35.
                    """);

    private static final int MAX_ROWS = 6;
    private static final int VECTORS = 2;
    private static final int TOGETHER = 8;
    /** The same where pixels are packed: eight are too much for C1. */
    private static final int PACKED_TOGETHER = 4;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import java.lang.invoke.VarHandle;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels of 16 registers: some rows of two vectors.
             *
            PLACES *
             * <p>Each element is folded from +0 in rising p, one fused multiply-add a tap; the sum is added to C ({@code add})START. One method per tile,
             * too large to be inlined. There is no factor alpha, as in a matrix product: it would take a register.
             */
            final class CLASS {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private CLASS() {
                }
            """;

    /** What becomes of the sums. */
    private enum Kind {
        /** Added to a bias for each row. */
        START("FloatVector.broadcast(S, bias[biasOffset + ROW])", "float[] bias, int biasOffset, "),
        /** Added to C. */
        ADD("FloatVector.fromArray(S, PLACE)", "");

        private final String base;
        final String parameters;

        Kind(String base, String own) {
            this.base = base;
            parameters = own + "float[] c, int cOffset, int ldc";
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What the sum of an element is added to. */
        String base(int row, String place) {
            return base.replace("ROW", "" + row).replace("PLACE", place);
        }
    }

    private final String className;
    private final String operands;
    private final String places;

    PackedKernels(String className, String operands, String places) {
        this.className = className;
        this.operands = operands;
        this.places = places;
    }

    /** Where the text goes. */
    String file() {
        return "dev/lanewise/simd/conv/" + className + ".java";
    }

    String text() {
        String start = ", or to\n * {@code bias[biasOffset + i]}, and C is not read ({@code start})";
        StringBuilder text = new StringBuilder(HEAD.replace("CLASS", className).replace("PLACES", places)
                .replace("START", kinds().contains(Kind.START) ? start : ""));
        for (Kind kind : kinds()) {
            picker(text, kind);
            for (int rows = 1; rows <= MAX_ROWS; rows++) {
                tile(text, kind, rows);
            }
        }
        return text.append("}\n").toString();
    }

    /** Where lanes are output channels, C begins as the bias. */
    private List<Kind> kinds() {
        return this == PAIRS ? List.of(Kind.ADD) : List.of(Kind.values());
    }

    private String parameters(Kind kind) {
        return operands + kind.parameters;
    }

    private void picker(StringBuilder text, Kind kind) {
        String arguments = parameters(kind).replaceAll("(int|float)(\\[\\])? ", "");
        text.append("""

                    /** {@code taps} for a tile of {@code rows}. */
                    static void %s(int rows, %s) {
                        switch (rows) {
                """.formatted(kind.label(), parameters(kind)));
        for (int rows = 1; rows <= MAX_ROWS; rows++) {
            text.append("            case %d -> %s%d(rows, 2 * LANES, %s);\n".formatted(rows, kind.label(), rows,
                    arguments));
        }
        text.append("            default -> throw new AssertionError(rows);\n        }\n    }\n");
    }

    private void tile(StringBuilder text, Kind kind, int rows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < VECTORS; v++) {
                lines.add("FloatVector c%d_%d = FloatVector.zero(S);".formatted(i, v));
            }
        }
        if (this == PAIRS) {
            pairLoop(lines, rows);
        } else {
            loop(lines, rows);
        }
        for (int i = 0; i < rows; i++) {
            for (int v = 0; v < VECTORS; v++) {
                String place = "c, cOffset + %d * ldc + %d * LANES".formatted(i, v);
                lines.add("%s.add(c%d_%d).intoArray(%s);".formatted(kind.base(i, place), i, v, place));
            }
        }
        text.append("\n    private static void %s%d(int lda, int ldb, %s) {\n".formatted(kind.label(), rows,
                parameters(kind)));
        lines.forEach(line -> text.append("        ").append(line).append('\n'));
        text.append("    }\n");
    }

    /**
     * Eight steps at a time, after those that are too many: 1.8 instructions to an FMA, where single steps take 3.4 and {@link TapLoop} 2.4. That counts where another
     * hardware thread takes half of them; with the core to itself (Zen 3) all reach 0.9 of the peak.
     *
     * <p>Its oddities are for C2. The fences take no instruction on x86, but keep C2 from reading ahead: six rows leave one register, and a second broadcast that
     * waits for its turn costs a spilled sum, and half of the speed. The distances from tap to tap are variables, so that the places of eight taps are
     * unknown but for the first, and checked all at once: C2 would check constant ones before the loop, one by one, for each load, which takes as
     * long as some taps, and keeps so many values that it moves some to vector registers, where they wait behind the FMAs (together some 15 % slower). The first places are
     * carried along, not multiplied: five instructions less of 181, and one percent less time.
     *
     * <p>Tried before there were fences: five rows, and exits that are never taken to hold loads back (up to 18 % slower). Four rows of three vectors, which need still
     * fewer instructions, are spilled with fences too; with the third vector as an operand in memory (1.7 to an FMA) they are not, but reach 0.97 of the peak at best, as
     * six rows do, and three quarters of their speed where vectors lie across two cache lines. Sixteen steps (1.8) are 6 % slower to 7 % faster in a loop over one kernel,
     * and with eight for what is left a method too large for C2. Pixels in place, three taps of a kernel's row behind one look into a table, are 5 % faster than in single
     * steps in a loop over one kernel, and no faster in layers; packed ones 8 to 29 % in that loop.
     */
    private void loop(List<String> lines, int rows) {
        int together = this == PACKING ? PACKED_TOGETHER : TOGETHER;
        lines.add("int p = 0;");
        lines.add("for (; p < taps %% %d; p++) {".formatted(together));
        step(lines, rows, "aOffset + p * lda", "p", "bOffset + p * ldb");
        lines.add("}");
        lines.add("int someA = aOffset + p * lda;");
        lines.add("int someB = bOffset + p * ldb;");
        lines.add("for (; p < taps; p += %d) {".formatted(together));
        for (int u = 0; u < together; u++) {
            step(lines, rows, "someA + %d".formatted(u * rows), "p + %d".formatted(u),
                    "someB + %d * LANES".formatted(u * VECTORS));
        }
        lines.add("    someA += %d * lda;".formatted(together));
        lines.add("    someB += %d * ldb;".formatted(together));
        lines.add("}");
    }

    /** Two pairs at a time. */
    private static void pairLoop(List<String> lines, int rows) {
        lines.add("int p = 0;");
        lines.add("for (; p < first; p++) {");
        step(lines, rows, "aOffset + p * lda", "bOffset + list[2 * p] * ldb");
        lines.add("}");
        lines.add("int someA = aOffset + p * lda;");
        lines.add("for (int end = taps - 4; p <= end; p += 4) {");
        for (int pair = 0; pair < 2; pair++) {
            lines.add("    int pair%1$d = bOffset + list[2 * p + 4 * %1$d] * ldb;".formatted(pair));
            for (int u = 0; u < 2; u++) {
                step(lines, rows, "someA + %d".formatted((2 * pair + u) * rows),
                        "pair%d + %d * LANES".formatted(pair, u * VECTORS));
            }
        }
        lines.add("    someA += 4 * lda;");
        lines.add("}");
        lines.add("for (; p < taps; p++) {");
        step(lines, rows, "aOffset + p * lda", "bOffset + list[2 * p] * ldb");
        lines.add("}");
    }

    /** A step whose tap of B is packed already, or on the way. */
    private void step(List<String> lines, int rows, String placeOfA, String tap, String placeOfB) {
        if (this == PACKING) {
            packingStep(lines, rows, placeOfA, tap, placeOfB);
        } else {
            step(lines, rows, placeOfA, placeOfB);
        }
    }

    private static void packingStep(List<String> lines, int rows, String placeOfA, String tap, String placeOfB) {
        lines.add("    {");
        lines.add("        int at = xOffset + offsets[%s];".formatted(tap));
        load(lines, "x, at");
        for (int v = 0; v < VECTORS; v++) {
            lines.add("        b%1$d.intoArray(b, %2$s + %1$d * LANES);".formatted(v, placeOfB));
        }
        multiply(lines, rows, placeOfA);
        lines.add("    }");
    }

    private static void step(List<String> lines, int rows, String placeOfA, String placeOfB) {
        lines.add("    {");
        load(lines, "b, " + placeOfB);
        multiply(lines, rows, placeOfA);
        lines.add("    }");
    }

    private static void load(List<String> lines, String place) {
        lines.add("        VarHandle.loadLoadFence();");
        for (int v = 0; v < VECTORS; v++) {
            lines.add("        FloatVector b%1$d = FloatVector.fromArray(S, %2$s + %1$d * LANES);".formatted(v, place));
        }
    }

    private static void multiply(List<String> lines, int rows, String placeOfA) {
        for (int i = 0; i < rows; i++) {
            lines.add("        VarHandle.loadLoadFence();");
            lines.add("        FloatVector a%1$d = FloatVector.broadcast(S, a[%2$s + %1$d]);".formatted(i, placeOfA));
            for (int v = 0; v < VECTORS; v++) {
                lines.add("        c%1$d_%2$d = a%1$d.fma(b%2$d, c%1$d_%2$d);".formatted(i, v));
            }
        }
    }
}
