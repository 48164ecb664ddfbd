import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of the classes of micro-kernels whose lanes are output channels. The classes differ in how x and the weights lie. */
enum ChannelKernels {
    /** x packed tap after tap; taps may be missing from the list. */
    LISTED("FloatChannelKernels",
            """
                     * The n-th tap of a call is {@code steps[2*n]}: its values for all pixels of the tile are packed at {@code xOffset + n*pixels},
                     * and broadcast; its weights are the vectors at {@code wOffset + steps[2*n]*vectors*LANES}. The table is for the weights because
                     * taps may be missing from it.
                    """,
            "int[] steps", "wOffset + steps[2 * n] * VECTORS * LANES", "xOffset + n * PIXELS + PIXEL"),
    /** x as it lies in an image, the pixels of a tile side by side. */
    RUNS("FloatRunKernels",
            """
                     * The n-th tap of a call is {@code steps[2*n]}: its value for pixel i of the tile is at {@code xOffset + steps[2*n + 1] + i}, and
                     * broadcast; its weights are the vectors at {@code wOffset + steps[2*n]*vectors*LANES}.
                    """,
            "int[] steps", "wOffset + steps[2 * n] * VECTORS * LANES", "at0 + PIXEL"),
    /**
     * The same with all taps of a block: C2 takes the checks of the weights' places out of the loop. It has 58 instructions for 28 multiply-adds, where that of {@link #RUNS} has as many for
     * 24, and takes 2 % less time (Granite Rapids). Of packed pixels such kernels were no faster.
     */
    FULL_RUNS("FloatFullRunKernels",
            """
                     * The n-th tap of a call has its value for pixel i of the tile at {@code xOffset + steps[2*n + 1] + i}, which is broadcast, and its weights are
                     * the vectors at {@code wOffset + n*vectors*LANES}.
                    """,
            "int[] steps", "wOffset + n * VECTORS * LANES", "at0 + PIXEL"),
    /** x packed pixel after pixel, each with a table of where its taps are. */
    PIXELS("FloatPixelKernels",
            """
                     * The n-th tap of a call has its value for pixel i of the tile at {@code xOffset + i*PixelRows.LD + taps[n]}, which is broadcast, and
                     * its weights at {@code wOffset + n*vectors*LANES}.
                    """,
            "int[] taps", "wOffset + n * VECTORS * LANES", "at0 + PIXEL * PixelRows.LD");

    private static final int MAX_PIXELS = 14;
    private static final int MAX_VECTORS = 2;

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import java.lang.invoke.VarHandle;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Micro-kernels whose lanes are output channels and whose rows are output pixels.
            PLACES *
             * <p>Each element is folded from +0, one fused multiply-add a tap; the sum is added to C ({@code add})START. One method per tile, too large to be inlined.
             *
             * <p>The order of the parameters is for C2: six are passed in registers, two of which are free at once, because the methods of single tiles do not need
             * their size. The others are passed in memory, where the loop takes the offsets from. In the order of the arrays, of which C2 moved one value or another
             * to a vector register, tiles of 13 pixels took 10 % longer.
             */
            final class CLASS {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();

                private CLASS() {
                }
            """;

    /** What becomes of the sums. */
    private enum Kind {
        START("float[] bias, int biasOffset, "), ADD("");

        private final String parameters;

        Kind(String own) {
            parameters = "int pixels, int vectors, TABLE, int count, float[] x, float[] w, int xOffset, int wOffset, "
                    + own + "float[] c, int cOffset, int ldc";
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String parameters(String table) {
            return parameters.replace("TABLE", table);
        }

        String arguments(String table) {
            return parameters(table).replaceAll("(int|float)(\\[\\])? ", "");
        }
    }

    private final String className;
    private final String places;
    private final String table;
    private final String weights;
    private final String x;

    ChannelKernels(String className, String places, String table, String weights, String x) {
        this.className = className;
        this.places = places;
        this.table = table;
        this.weights = weights;
        this.x = x;
    }

    /** Where the text goes. */
    String file() {
        return "dev/lanewise/simd/conv/" + className + ".java";
    }

    String text() {
        String start = ", or to\n * {@code bias[biasOffset ...]}, and C is not read ({@code start})";
        StringBuilder text = new StringBuilder(HEAD.replace("CLASS", className).replace("PLACES", places)
                .replace("START", kinds().contains(Kind.START) ? start : ""));
        for (Kind kind : kinds()) {
            picker(text, kind);
            for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
                for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
                    tile(text, kind, pixels, vectors);
                }
            }
        }
        return text.append("}\n").toString();
    }

    /** C is scratch that begins as the bias, but for {@link #PIXELS}, whose C is y. */
    private List<Kind> kinds() {
        return this == PIXELS ? List.of(Kind.values()) : List.of(Kind.ADD);
    }

    private void picker(StringBuilder text, Kind kind) {
        text.append("""

                    /** {@code count} taps for a tile of {@code pixels} by {@code vectors}. */
                    static void %s(%s) {
                        switch (pixels * 4 + vectors) {
                """.formatted(kind.label(), kind.parameters(table)));
        for (int pixels = 1; pixels <= MAX_PIXELS; pixels++) {
            for (int vectors = 1; vectors <= MAX_VECTORS; vectors++) {
                text.append("            case %d -> %s%dx%d(%s);\n".formatted(pixels * 4 + vectors, kind.label(),
                        pixels, vectors, kind.arguments(table)));
            }
        }
        text.append("            default -> throw new AssertionError(pixels + \"x\" + vectors);\n        }\n    }\n");
    }

    private void tile(StringBuilder text, Kind kind, int pixels, int vectors) {
        text.append(
                "\n    private static void %s%dx%d(%s) {\n".formatted(kind.label(), pixels, vectors,
                        kind.parameters(table)));
        each(pixels, vectors,
                (i, v) -> text.append("        FloatVector c%d_%d = FloatVector.zero(S);\n".formatted(i, v)));
        TapLoop.lines("n", "count", pixels, vectors, n -> step(pixels, vectors, n))
                .forEach(line -> text.append("        ").append(line).append('\n'));
        each(pixels, vectors, (i, v) -> {
            String place = "c, cOffset + %d * ldc + %d * LANES".formatted(i, v);
            String base = kind == Kind.START
                    ? "FloatVector.fromArray(S, bias, biasOffset + %d * LANES)".formatted(v)
                    : "FloatVector.fromArray(S, %s)".formatted(place);
            text.append("        %s.add(c%d_%d).intoArray(%s);\n".formatted(base, i, v, place));
        });
        text.append("    }\n");
    }

    private List<String> step(int pixels, int vectors, String n) {
        List<String> lines = new ArrayList<>();
        lines.add("int at = " + at(weights, n).replace("VECTORS", "" + vectors) + ";");
        switch (this) {
            case LISTED -> {}
            case RUNS, FULL_RUNS -> lines.add("int at0 = xOffset + steps[2 * " + n + " + 1];");
            case PIXELS -> lines.add("int at0 = xOffset + taps[" + n + "];");
        }
        for (int v = 0; v < vectors; v++) {
            lines.add("FloatVector w%1$d = FloatVector.fromArray(S, w, at + %1$d * LANES);".formatted(v));
        }
        for (int i = 0; i < pixels; i++) {
            lines.add(ForC2.ORDERED);
            lines.add("FloatVector x%d = FloatVector.broadcast(S, x[%s]);".formatted(i,
                    at(x, n).replace("PIXELS", "" + pixels).replaceAll("PIXEL\\b", "" + i)));
            for (int v = 0; v < vectors; v++) {
                lines.add("c%1$d_%2$d = x%1$d.fma(w%2$d, c%1$d_%2$d);".formatted(i, v));
            }
        }
        return lines;
    }

    private static String at(String place, String n) {
        return place.replaceAll("\\bn\\b", n);
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
