package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.RegisterTile;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of images in NHWC as a matrix product per image and group:
 * {@code y [P*Q x Cout/groups] = im2col(x) [P*Q x K] * weight^T [K x Cout/groups]}. Lanes are output channels.
 *
 * <p>Computes every shape. The im2col matrix never exists: a dozen of its rows are formed at a time, one block of KC taps of each, by copying
 * runs of channels, and multiplied with all panels of the weights. Images in other layouts are computed too, slower. Of the speed of the same
 * layers in NCHW it reaches .75 (3x3, 64 channels) to .95 (1x1, 512 channels).
 */
final class FloatNhwcGemm implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int KC = NumericsContract.KC;
    /** The vectors of a panel of channels. */
    private static final int VECTORS = FloatChannelPanels.VECTORS;
    private static final int NR = VECTORS * LANES;
    /** The most pixels of a tile: with rows at constant distances 14x2 spills an accumulator, and 6x2 on 16 registers. */
    private static final int MAX_PIXELS = VectorEnvironment.REGISTERS >= 32 ? 12 : 4;
    /** The most panels of a task: KC taps of them stay in the L2 cache, in 256 KiB. */
    private static final int TASK_PANELS = 256 * 1024 / Float.BYTES / KC / NR;
    /** The most output pixels of a task, whose results stay in the L2 cache too. */
    private static final int TASK_PIXELS = 256;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final float[] packedWeights;
    private final float[] bias;
    private final PixelRows rows;
    private final FloatPixelRows packing;
    /** The output channels of a group, and the taps. */
    private final int m;
    private final int taps;
    /** The vectors of a group's output channels. */
    private final int vectors;
    private final int panels;
    private final int parts;
    private final int blocks;

    FloatNhwcGemm(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape, FloatChannelPanels.pack(shape, weight), FloatChannelPanels.bias(shape, bias), new PixelRows(shape),
                epilogue);
    }

    private FloatNhwcGemm(Conv2dShape shape, float[] packedWeights, float[] bias, PixelRows rows,
            FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.rows = rows;
        this.packing = new FloatPixelRows(shape, rows);
        this.m = shape.groupOutputChannels();
        this.taps = shape.taps();
        this.vectors = FloatChannelPanels.vectors(shape);
        this.panels = Math.ceilDiv(vectors, VECTORS);
        this.parts = Math.ceilDiv(panels, TASK_PANELS);
        this.blocks = Math.ceilDiv(shape.outputPixels(), TASK_PIXELS);
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatNhwcGemm(shape, packedWeights, bias, rows, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (FloatPixelRows.length(MAX_PIXELS) + MAX_PIXELS * NR);
    }

    private final class Run extends FloatRun {
        private final float[][] packed;
        private final float[][] tiles;

        Run(int parallelism) {
            super(epilogue);
            packed = new float[parallelism][FloatPixelRows.length(MAX_PIXELS)];
            tiles = new float[parallelism][MAX_PIXELS * NR];
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks * parts;
        }

        /** Some panels of channels for one block of output pixels of one group in one image. */
        @Override
        public void run(int index, int worker) {
            int part = index % parts;
            int block = index / parts % blocks;
            int group = index / parts / blocks % shape.groups();
            int n = index / parts / blocks / shape.groups();
            int firstPanel = (int) ((long) part * panels / parts);
            int endPanel = (int) ((part + 1L) * panels / parts);
            int first = (int) ((long) block * shape.outputPixels() / blocks);
            int end = (int) ((block + 1L) * shape.outputPixels() / blocks);
            int width = shape.columns().output();
            int run = y.row == width * y.column ? end - first : width; // pixels at one distance
            int most = RegisterTile.panelRows(run, MAX_PIXELS);
            for (int k0 = 0; k0 < taps; k0 += KC) {
                int kc = Math.min(KC, taps - k0);
                for (int i = first; i < end;) {
                    int count = Math.min(Math.min(most, end - i), run == width ? width - i % width : most);
                    packing.pack(xArray, x, n, group, k0, kc, i, count, packed[worker]);
                    for (int panel = firstPanel; panel < endPanel; panel++) {
                        multiply(n, group, panel, k0, kc, i, count, packed[worker], tiles[worker]);
                    }
                    i += count;
                }
            }
            finish(n, group, firstPanel * NR, Math.min(endPanel * NR, m), first, end);
        }

        /** One block of taps of one tile for one panel: where y can take whole vectors there, else apart. */
        private void multiply(int n, int group, int panel, int k0, int kc, int first, int count, float[] from,
                float[] tile) {
            int channels = Math.min(NR, m - panel * NR);
            int width = shape.columns().output();
            int at = y.at(n, group * m + panel * NR, first / width, first % width);
            if (y.channel == 1 && channels % LANES == 0) {
                tile(group, panel, k0, kc, count, from, yArray, at, y.column);
                return;
            }
            if (k0 > 0) {
                copyTile(at, count, channels, tile, false);
            }
            tile(group, panel, k0, kc, count, from, tile, 0, NR);
            copyTile(at, count, channels, tile, true);
        }

        private void tile(int group, int panel, int k0, int kc, int count, float[] from, float[] to, int at, int ldc) {
            int v = panel * VECTORS;
            int wide = Math.min(VECTORS, vectors - v);
            int w = FloatChannelPanels.start(taps, vectors, group, k0, kc, v);
            if (k0 == 0) {
                FloatPixelKernels.start(count, wide, rows.places(k0), kc, from, packedWeights, 0, w, bias,
                        (group * vectors + v) * LANES, to, at, ldc);
            } else {
                FloatPixelKernels.add(count, wide, rows.places(k0), kc, from, packedWeights, 0, w, to, at, ldc);
            }
        }

        /** Between y, from element {@code at} on, and a tile of its own. */
        private void copyTile(int at, int count, int channels, float[] tile, boolean intoY) {
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < channels; c++) {
                    int place = at + i * y.column + c * y.channel;
                    if (intoY) {
                        yArray[place] = tile[i * NR + c];
                    } else {
                        tile[i * NR + c] = yArray[place];
                    }
                }
            }
        }

        /** Applies the epilogues to some channels of a group. */
        private void finish(int n, int group, int firstChannel, int endChannel, int first, int end) {
            int channel = group * m + firstChannel;
            for (int i = first; i < end; i++) {
                finishPixel(n, channel, endChannel - firstChannel, i, shape.columns().output());
            }
        }
    }
}
