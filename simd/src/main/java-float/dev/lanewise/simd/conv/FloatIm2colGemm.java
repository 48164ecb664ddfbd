package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.FloatUnscaledMicroKernels;
import dev.lanewise.simd.gemm.RegisterTile;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as a matrix product per image and group: {@code y [Cout/groups x P*Q] = weight [Cout/groups x K] * im2col(x) [K x P*Q]}.
 *
 * <p>Computes every shape. The im2col matrix never exists: a task forms one block of KC of its rows by a few hundred of its columns, which
 * stays in the L2 cache while all rows of the weights pass over it.
 */
final class FloatIm2colGemm implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = RegisterTile.VECTORS * LANES;
    /** The most output pixels of a task: with KC rows some 200 KiB, which leaves room in an L2 of 512 KiB. */
    private static final int MAX_PIXELS = 224;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final float[] packedWeights;
    private final float[] bias;
    /** The output channels of a group, and the taps. */
    private final int m;
    private final int taps;
    private final int mr;
    private final int pixels;
    private final int blocks;
    private final int ldb;
    private final int[] rowSources;
    private final int[] columnSources;

    FloatIm2colGemm(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape,
                FloatPackedA.packGroups(weight, shape.groups(), shape.groupOutputChannels(), shape.taps(),
                        RegisterTile.panelRows(shape.groupOutputChannels())),
                bias == null ? new float[shape.outputChannels()] : bias.copy().floats(), epilogue);
    }

    private FloatIm2colGemm(Conv2dShape shape, float[] packedWeights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.m = shape.groupOutputChannels();
        this.taps = shape.taps();
        this.mr = RegisterTile.panelRows(m);
        int wanted = Math.ceilDiv(shape.outputPixels(), MAX_PIXELS);
        this.pixels = Math.ceilDiv(Math.ceilDiv(shape.outputPixels(), wanted), NR) * NR;
        this.blocks = Math.ceilDiv(shape.outputPixels(), pixels);
        // An odd number of cache lines (at 512 bits) from row to row: an even one would use only some of the L1 cache's sets.
        this.ldb = pixels / LANES % 2 == 0 ? pixels + LANES : pixels;
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatIm2colGemm(shape, packedWeights, bias, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (Math.min(taps, NumericsContract.KC) * ldb + RegisterTile.ROWS * NR);
    }

    private final class Run extends FloatRun {
        private final float[][] panels;
        private final float[][] tiles;

        Run(int parallelism) {
            super(epilogue);
            panels = new float[parallelism][Math.min(taps, NumericsContract.KC) * ldb];
            tiles = new float[parallelism][RegisterTile.ROWS * NR];
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks;
        }

        /** One block of output pixels of one group in one image. */
        @Override
        public void run(int index, int worker) {
            int block = index % blocks;
            int group = index / blocks % shape.groups();
            int n = index / blocks / shape.groups();
            int first = block * pixels;
            int count = Math.min(pixels, shape.outputPixels() - first);
            for (int k0 = 0; k0 < taps; k0 += NumericsContract.KC) {
                int kc = Math.min(NumericsContract.KC, taps - k0);
                FloatIm2col.pack(shape, rowSources, columnSources, xArray, x, n, group, k0, kc, first, count,
                        panels[worker], ldb);
                multiply(n, group, k0, kc, first, count, panels[worker], tiles[worker]);
            }
            for (int channel = group * m; channel < (group + 1) * m; channel++) {
                finish(n, channel, first, count, shape.columns().output());
            }
        }

        private void multiply(int n, int group, int k0, int kc, int first, int count, float[] panel, float[] tile) {
            int weights = group * m * taps;
            boolean dense = y.isPlaneDense(shape.columns().output());
            for (int j = 0; j < count; j += NR) {
                int columns = Math.min(NR, count - j);
                int vectors = Math.ceilDiv(columns, LANES);
                for (int i = 0; i < m; i += mr) {
                    int rows = Math.min(mr, m - i);
                    int a = weights + FloatPackedA.panel(m, i, k0, kc);
                    int channel = group * m + i;
                    int plane = y.offset + n * y.image + channel * y.channel;
                    if (dense && columns == vectors * LANES) {
                        tile(rows, vectors, k0, kc, a, panel, j, channel, yArray, plane + first + j, y.channel);
                    } else {
                        if (k0 > 0) {
                            copyTile(plane, first + j, rows, columns, tile, false);
                        }
                        tile(rows, vectors, k0, kc, a, panel, j, channel, tile, 0, NR);
                        copyTile(plane, first + j, rows, columns, tile, true);
                    }
                }
            }
        }

        private void tile(int rows, int vectors, int k0, int kc, int a, float[] panel, int b, int channel, float[] to,
                int at, int ldc) {
            if (k0 == 0) {
                FloatUnscaledMicroKernels.start(rows, vectors, kc, packedWeights, a, rows, panel, b, ldb, bias, channel,
                        to, at, ldc);
            } else {
                FloatUnscaledMicroKernels.add(rows, vectors, kc, packedWeights, a, rows, panel, b, ldb, to, at, ldc);
            }
        }

        /** Between y and a tile of its own, for tiles that y's end or its strides do not let be stored whole. */
        private void copyTile(int plane, int firstPixel, int rows, int columns, float[] tile, boolean intoY) {
            int q0 = shape.columns().output();
            for (int i = 0; i < rows; i++) {
                int p = firstPixel / q0;
                int q = firstPixel % q0;
                for (int j = 0; j < columns; j++) {
                    int at = plane + i * y.channel + p * y.row + q * y.column;
                    if (intoY) {
                        yArray[at] = tile[i * NR + j];
                    } else {
                        tile[i * NR + j] = yArray[at];
                    }
                    if (++q == q0) {
                        q = 0;
                        p++;
                    }
                }
            }
        }
    }
}
