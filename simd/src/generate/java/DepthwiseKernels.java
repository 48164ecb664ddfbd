import java.util.ArrayList;
import java.util.List;

/** The text of {@code FloatDepthwiseKernels}: straight-line kernels for the kernel sizes and strides that networks use. */
class DepthwiseKernels {
    static final String FILE = "dev/lanewise/simd/conv/FloatDepthwiseKernels.java";

    private static final String HEAD = """
            package dev.lanewise.simd.conv;

            import dev.lanewise.simd.environment.VectorEnvironment;
            import java.lang.invoke.VarHandle;
            import jdk.incubator.vector.FloatVector;
            import jdk.incubator.vector.VectorMask;
            import jdk.incubator.vector.VectorShuffle;
            import jdk.incubator.vector.VectorSpecies;

            /**
             * Depthwise kernels, which read x in place. A call goes down some strips of output columns, each of at most {@link #pixels},
             * and holds the sums of all output rows that the current row of x meets: each row is loaded once, in the order in which
             * prefetchers fetch it. Several strips at a time keep more FMAs independent of each other, and read more of a row.
             *
             * <p>At stride 1 a vector of x serves several taps, rotated by a lane from one to the next, because at full width nearly every
             * unaligned load touches two cache lines. At stride 2 a vector takes every other pixel of two loads, one in its even and one in
             * its odd lanes: that is a rotation and a blend, where putting them in order would be two permutations and a blend for each
             * vector of x; only the results are put in order. Pixels that are not in the image are blended away: bit i of a mask says that
             * lane i of a load is a pixel. Rows that are not in the image are read from a row of zeros. Each output folds its taps in rising
             * order: the rows of x come in order, and within them the columns.
             *
             * <p>With 16 registers (at stride 1) a fence before each load, which takes no instruction on x86, keeps C2 from loading the pixels of several taps ahead,
             * which costs spilled sums or weights; and of more than nine weights only a few stay in registers, while the others are operands in memory,
             * each a vector in an array: C2 reads a spilled one with an instruction of its own (Zen 3: 3x3 0.87 to 0.95 of
             * the time, 5x5 0.65 to 0.9, 7x7 0.6 to 0.8). Few stay there, not none: with vector registers to spare C2 keeps addresses in them, which
             * then wait behind the FMAs. At stride 2 it takes 1.4 of the time: each fence has the mask of the blends read anew.
             * Two vectors of neighbouring pixels there, with every other lane for nothing and no blends, take 1.1 to 1.3 of the time: more weights are read from the stack.
             *
             * <p>Where that is not too much code, the first and the last rows have their own, which computes no sum that is not stored.
             * Elsewhere the sums of output rows above the first are stored into it, and the first one's then over them; at stride 2 those
             * begin a row of x above the first that is needed. A sum begins with the constant zero and not with a variable that was set to
             * it: with the latter C2 kept sums on the stack (5x5: half the speed).
             */
            final class FloatDepthwiseKernels {
                private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
                private static final int LANES = S.length();
                /** Which lanes a vector has. */
                static final long ALL = -1L >>> -LANES;
                /** The most sums that a kernel holds at a time. */
                static final int SUMS = 12;
                private static final VectorShuffle<Float> ROTATE1 = VectorShuffle.fromOp(S, i -> (i + 1) % S.length());
                private static final VectorShuffle<Float> ROTATE2 = VectorShuffle.fromOp(S, i -> (i + 2) % S.length());
                private static final VectorShuffle<Float> ROTATE3 = VectorShuffle.fromOp(S, i -> (i + 3) % S.length());
                private static final VectorShuffle<Float> ROTATE_BACK = VectorShuffle.fromOp(S, i -> (i + S.length() - 1) % S.length());
                private static final VectorMask<Float> ODD = VectorMask.fromLong(S, 0xaaaaaaaaaaaaaaaaL);
                /** At stride 2, where the vector is whose columns are one output further on, and two, and three. */
                private static final VectorShuffle<Float> NEXT1 = VectorShuffle.fromOp(S, i -> lane(column(i) + 1));
                private static final VectorShuffle<Float> NEXT2 = VectorShuffle.fromOp(S, i -> lane(column(i) + 2));
                private static final VectorShuffle<Float> NEXT3 = VectorShuffle.fromOp(S, i -> lane(column(i) + 3));
                /** At stride 2, puts the columns in order. */
                private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(S, i -> lane(i));

                private FloatDepthwiseKernels() {
                }

                /** The lane of an output column at stride 2: the first half of them is in the even lanes. */
                private static int lane(int column) {
                    int half = S.length() / 2;
                    return column < half ? 2 * column : (2 * (column - half) + 1) % S.length();
                }

                private static int column(int lane) {
                    return lane / 2 + lane % 2 * (S.length() / 2);
                }

                /** A method of its own, lest kernels become too large for C1. */
                private static void spread(float[] w, int wOffset, int count, float[] spread) {
                    for (int k = 0; k < count; k++) {
                        FloatVector.broadcast(S, w[wOffset + k]).intoArray(spread, k * LANES);
                    }
                }

                /**
                 * How a row of x is loaded for a strip. Loads are not shared by taps where rotations would cost too many of the lanes, or
                 * where taps are {@code dilation} columns apart; nor with 16 registers, which rotations and masks want too (stride 2 on a
                 * Zen 3: 3x3 and 7x7 0.65 of the time, 5x5 0.6).
                 */
                static StripLoads loads(int size, int stride, int dilation) {
                    boolean isShared = dilation == 1 && LANES >= (stride == 2 && VectorEnvironment.REGISTERS >= 32 ? 8 : 16);
                    boolean isOrdered = dilation == 1 && stride == 1 && VectorEnvironment.REGISTERS < 32;
                    TapLoads kind = isShared ? TapLoads.SHARED : isOrdered ? TapLoads.ORDERED : TapLoads.SINGLE;
                    int[] offsets = new int[loads(size, stride, isShared)];
                    for (int i = 0; i < offsets.length; i++) {
                        if (stride == 1) {
                            offsets[i] = isShared ? 3 * i : i * dilation;
                        } else {
                            offsets[i] = isShared ? i * LANES : i / 2 + i % 2 * (LANES - 1);
                        }
                    }
                    int lost = !isShared ? 0 : stride == 1 ? 2 : (size - 1) / 2;
                    return new StripLoads(kind, LANES - lost, offsets, (size - 1) * dilation + 1);
                }

                private static int loads(int size, int stride, boolean isShared) {
                    if (stride == 1) {
                        return isShared ? (size + 2) / 3 : size;
                    }
                    return isShared ? 2 : 2 * size;
                }
            """;

    static final String PARAMETERS = "float[] w, float[] bias, int channel, int channels, float[] x, int xOffset, int xChannel, "
            + "int ldx, int dilation, int top, int height, float[] zeros, float[] spread, float[] y, int yOffset, int yChannel, int ldy, int count, "
            + "int last, long[] masks, long pixels";
    private static final String ARGUMENTS = PARAMETERS.replaceAll("(int|float|long)(\\[\\])? ", "");
    private static final String ARGUMENTS_OF_ONE_CHANNEL = ARGUMENTS.replace("channel, channels", "channel + c, 1")
            .replace("xOffset", "xOffset + c * xChannel").replace("yOffset", "yOffset + c * yChannel");

    private static int maxStrips(int size) {
        return size == 3 ? 4 : 1;
    }

    private static List<DepthwiseKernel> kernels() {
        List<DepthwiseKernel> kernels = new ArrayList<>();
        for (int size : List.of(3, 5, 7)) {
            for (int stride : List.of(1, 2)) {
                for (int strips = 1; strips <= maxStrips(size); strips++) {
                    for (boolean border : List.of(false, true)) {
                        kernels.add(new DepthwiseKernel(size, stride, strips, DepthwiseKernel.Loads.SHARED, border));
                        if (strips <= 2 || stride == 1) { // at stride 2 not where there are strips enough for more
                            kernels.add(
                                    new DepthwiseKernel(size, stride, strips, DepthwiseKernel.Loads.SINGLE, border));
                        }
                        if (strips <= 2 && stride == 1) {
                            kernels.add(
                                    new DepthwiseKernel(size, stride, strips, DepthwiseKernel.Loads.ORDERED, border));
                        }
                    }
                }
            }
        }
        return kernels;
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append(
                """

                            /**
                             * The most strips that a call takes: where there are few registers, or many weights, more would not keep their sums in them.
                             * With 16 registers the weights lie on the stack, and two strips share their loads (0.8 of the time).
                             */
                            static int strips(int size) {
                                return size > 3 ? 1 : VectorEnvironment.REGISTERS >= 32 && LANES >= 8 ? 4 : 2;
                            }

                            /** Whether there is a kernel. */
                            static boolean canCompute(int size, int stride) {
                                return (size == 3 || size == 5 || size == 7) && (stride == 1 || stride == 2);
                            }

                            /**
                             * The number of a kernel.
                             *
                             * @param border whether pixels outside the image are blended away: of several strips, in the outermost loads
                             */
                            static int kernel(int size, int stride, int strips, TapLoads loads, boolean border) {
                                return size << 9 | stride << 7 | strips << 4 | loads.ordinal() << 1 | (border ? 1 : 0);
                            }

                            /**
                             * Some strips of {@code count} output rows in some channels.
                             *
                             * @param w the weights of all output channels
                             * @param bias one for each output channel
                             * @param channel the first output channel
                             * @param channels how many
                             * @param xChannel elements of x from one channel to the next; 0 where all have the same
                             * @param xOffset where the first load of image row 0 begins, for the first strip; what lies there need not be in the row
                             * @param dilation columns of x from tap to tap, where loads are not shared
                             * @param top the image row of the first tap of the first output row, negative where it is padding
                             * @param height image rows from this one on are padding
                             * @param zeros stands in for rows outside the image; has at least {@link #SUMS} and a vector's elements
                             * @param spread has room for a vector of each weight of a channel, where loads are ordered; is written
                             * @param last output columns from the first strip's first to the last strip's; the others lie side by side
                             * @param masks for each load of a row of each strip which lanes are pixels of the image
                             * @param pixels which lanes are stored
                             */
                            static void run(int kernel, %s) {
                                switch (kernel) {
                        """
                        .formatted(PARAMETERS));
        for (DepthwiseKernel kernel : kernels()) {
            text.append(kernel.goesThroughChannels()
                    ? "            case %d -> %s(%s);\n".formatted(kernel.number(), kernel.name(), ARGUMENTS)
                    : """
                                        case %d -> {
                                            for (int c = 0; c < channels; c++) {
                                                %s(%s);
                                            }
                                        }
                            """.formatted(kernel.number(), kernel.name(), ARGUMENTS_OF_ONE_CHANNEL));
        }
        text.append("""
                            default -> throw new AssertionError(kernel);
                        }
                    }
                """);
        kernels().forEach(kernel -> text.append(new DepthwiseMethod(kernel).text()));
        return text.append("}\n").toString();
    }
}
