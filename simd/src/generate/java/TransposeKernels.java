/** The text of {@code FloatTransposeKernels}: transpositions of squares in registers, straight line. */
class TransposeKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatTransposeKernels.java";

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorMask;
            import jdk.incubator.vector.VectorShape;
            import jdk.incubator.vector.VectorShuffle;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Transposition of squares in registers, of half vectors because the results are of a few pixels: two quarters of a square are exchanged, then two of each
             * quarter, down to single elements (J. O. Eklundh: A fast computer method for matrix transposing, IEEE Transactions on Computers C-21, 1972).
             *
             * <p>Element by element takes two to three times as long (Granite Rapids). Whole vectors of 16 lanes with masked stores of their halves were more than C2 would inline, and slower than that.
             */
            final class FloatTransposeKernels {
                private static final VectorSpecies<Float> S = VectorSpecies.of(float.class,
                        VectorShape.forBitSize(Math.max(VectorEnvironment.FLOAT_SPECIES.vectorBitSize() / 2, 128)));
                /** The rows and columns of a square; less than 4 where there is no kernel. */
                static final int SIDE = S.length();
            """;

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (int distance = 4; distance > 0; distance /= 2) {
            text.append("""
                        private static final VectorShuffle<Float> SWAP%1$d = VectorShuffle.fromOp(S, i -> i ^ %1$d);
                        private static final VectorMask<Float> HIGH%1$d = VectorMask.fromLong(S, 0x%2$x);
                        private static final VectorMask<Float> LOW%1$d = VectorMask.fromLong(S, 0x%3$x);
                    """.formatted(distance, lanes(distance, true), lanes(distance, false)));
        }
        text.append(
                """

                            private FloatTransposeKernels() {
                            }

                            /** Row i becomes column i: its element j goes to {@code to[toOffset + j*toPitch + i]}. */
                            static void transpose(float[] from, int fromOffset, int fromPitch, float[] to, int toOffset, int toPitch) {
                                if (SIDE == 8) {
                                    square8(from, fromOffset, fromPitch, to, toOffset, toPitch);
                                } else {
                                    square4(from, fromOffset, fromPitch, to, toOffset, toPitch);
                                }
                            }
                        """);
        square(text, 8);
        square(text, 4);
        return text.append("}\n").toString();
    }

    /** Those of 8 lanes whose number has a bit, or has it not. */
    private static int lanes(int bit, boolean isSet) {
        int lanes = 0;
        for (int i = 0; i < 8; i++) {
            lanes |= (i & bit) != 0 == isSet ? 1 << i : 0;
        }
        return lanes;
    }

    private static void square(StringBuilder text, int side) {
        text.append("""

                    private static void square%d(float[] from, int fromOffset, int fromPitch, float[] to, int toOffset,
                            int toPitch) {
                """.formatted(side));
        for (int i = 0; i < side; i++) {
            text.append("        FloatVector a%1$d = FloatVector.fromArray(S, from, fromOffset + %1$d * fromPitch);\n"
                    .formatted(i));
        }
        char rows = 'a';
        for (int distance = side / 2; distance > 0; distance /= 2, rows++) {
            for (int i = 0; i < side; i++) {
                exchange(text, rows, i, distance);
            }
        }
        for (int i = 0; i < side; i++) {
            text.append("        %1$s%2$d.intoArray(to, toOffset + %2$d * toPitch);\n".formatted(rows, i));
        }
        text.append("    }\n");
    }

    /** Row i of the next rows, half of whose elements are those of a row at this distance. */
    private static void exchange(StringBuilder text, char rows, int i, int distance) {
        text.append("        FloatVector %1$s%3$d = %2$s%3$d.blend(%2$s%4$d.rearrange(SWAP%5$d), %6$s%5$d);\n"
                .formatted((char) (rows + 1), rows, i, i ^ distance, distance, (i & distance) == 0 ? "HIGH" : "LOW"));
    }
}
