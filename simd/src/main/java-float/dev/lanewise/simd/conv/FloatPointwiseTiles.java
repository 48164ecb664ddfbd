package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.FloatPackedB;
import dev.lanewise.simd.gemm.FloatPanels;
import dev.lanewise.simd.gemm.FloatUnscaledMicroKernels;

/** The sums of a block of pixels, tile after tile. Of one thread. */
final class FloatPointwiseTiles {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = FloatPackedB.NR;
    /** The vectors of a tile that takes half of a panel's rows, and the most rows of it. */
    private static final int WIDE = 3;
    private static final int WIDE_ROWS = 8;
    private static final int KC = NumericsContract.KC;
    /**
     * Panels of weights that the L2 cache holds beside the pixels, a block of taps of each: their results stay there until the next block. A single block takes all panels, and packs once (0 to
     * 2 % less time, with AVX2 1 to 3 %, Zen 4).
     */
    private static final int CACHED_PANELS = 22;
    private static final int IN_PLACE = -1;

    private final FloatPointwiseBlocks blocks;
    private final int m;
    private final int taps;
    private final int mr;
    private final int width;
    private final boolean isPacked;
    private final int bundle;
    private final float[] packedWeights;
    private final float[] bias;
    private final FloatRun run;
    private final FloatPixelBlock block;
    private final FloatPointwiseTail tail;
    private final FloatPixelTile tile = new FloatPixelTile();
    private final FloatPanels packed = new FloatPanels();
    private final FloatWeightTouch weightTouch = new FloatWeightTouch();
    /** Where the pixels of the tile at hand are packed, or {@link #IN_PLACE}. */
    private int packedAt = IN_PLACE;

    /** @param isPacked whether tiles are packed, of two vectors or {@link #WIDE} */
    FloatPointwiseTiles(FloatPointwiseBlocks blocks, float[] packedWeights, float[] bias, boolean isPacked,
            FloatRun run) {
        Conv2dShape shape = blocks.shape;
        this.blocks = blocks;
        this.m = blocks.m;
        this.taps = blocks.taps;
        this.mr = blocks.mr;
        this.width = shape.columns().output();
        this.isPacked = isPacked;
        this.bundle = FloatPixelPacking.bundle(shape);
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.run = run;
        this.block = new FloatPixelBlock(blocks, run);
        this.tail = new FloatPointwiseTail(blocks, packedWeights, bias, run, block);
    }

    /** Takes a block: {@link FloatPixelBlock#take}. */
    void take(int number, int n, int group, int first) {
        block.take(number, n, group, first);
        if (isPacked) {
            packed.take();
        }
    }

    void release() {
        packed.give();
        block.release();
    }

    /** The output channels of some panels. */
    void compute(int firstPanel, int lastPanel) {
        int packedFor = taps <= KC ? blocks.panels : CACHED_PANELS;
        int atOnce = isPacked ? packedFor : FloatTailKernels.PANELS;
        int k0 = 0;
        do {
            int k1 = block.bring(k0);
            for (int panel = firstPanel; panel < lastPanel; panel += atOnce) {
                compute(panel, Math.min(panel + atOnce, lastPanel), k0, k1);
            }
            k0 = k1;
        } while (k0 < taps);
    }

    /** Taps {@code start} to {@code end - 1} of the output channels of some panels. */
    private void compute(int firstPanel, int lastPanel, int start, int end) {
        int firstChannel = firstPanel * mr;
        int endChannel = Math.min(lastPanel * mr, m);
        if (isPacked) {
            for (int k0 = start; k0 < end; k0 += KC) {
                columns(firstChannel, endChannel, k0);
            }
        } else {
            for (int i = firstChannel; i < endChannel; i += mr) {
                for (int k0 = start; k0 < end; k0 += KC) {
                    panel(i, Math.min(mr, m - i), k0);
                }
            }
        }
        for (int k0 = start; k0 < end && block.main < block.count; k0 += KC) {
            tail.compute(firstPanel, lastPanel, k0);
        }
        for (int i = firstChannel; i < endChannel && end == taps; i++) {
            run.finish(block.n, block.group * m + i, block.first, block.count, width);
        }
    }

    /** All tiles of a block of taps for some channels, a bundle of packed tiles after the other. */
    private void columns(int firstChannel, int endChannel, int k0) {
        int kc = blocks.depth(k0);
        int most = bundle / kc / NR * NR;
        for (int j = 0; j < block.main; j += most) {
            int pixels = Math.min(block.main - j, most);
            int whole = pack(kc, k0, j, pixels);
            for (int i = firstChannel; i < endChannel; i += mr) {
                int rows = Math.min(mr, endChannel - i);
                packedTiles(i, rows, k0, kc, j, whole);
                for (int v = whole; v < pixels;) {
                    int columns = tileColumns(pixels - v);
                    tile(i, rows, k0, j + v, columns);
                    v += columns;
                }
            }
        }
    }

    /** Packs a bundle's tiles of whole vectors, and says how many pixels they have. */
    private int pack(int kc, int k0, int j, int pixels) {
        int v = 0;
        int columns = tileColumns(pixels);
        while (columns == NR || columns == WIDE * LANES) {
            FloatPackedB.packTile(kc, columns, block.elements, block.at(k0, j + v), block.ld, packed.elements(),
                    packed.first() + v * kc);
            v += columns;
            columns = tileColumns(pixels - v);
        }
        return v;
    }

    /** The tiles of a panel's block of taps whose pixels, from pixel j on, are packed. */
    private void packedTiles(int i, int rows, int k0, int kc, int j, int whole) {
        int channel = block.group * m + i;
        int a = blocks.weights(block.group, i, k0);
        int c = run.y.at(block.n, channel, 0, 0) + block.first + j;
        boolean isDense = run.y.isPlaneDense(width);
        for (int v = 0; v < whole;) {
            int columns = tileColumns(whole - v);
            packedAt = packed.first() + v * kc;
            if (isDense) {
                multiplyPacked(rows, columns / LANES, kc, k0, a, channel, run.yArray, c + v, run.y.channel);
            } else {
                tile(i, rows, k0, j + v, columns);
            }
            v += columns;
        }
        packedAt = IN_PLACE;
    }

    /** All tiles of a panel's block of taps. The first pixels may bring its weights into the cache: the others find them there. */
    private void panel(int i, int rows, int k0) {
        boolean few = (long) Float.BYTES * packedWeights.length < FloatTouch.LEAST_BYTES;
        boolean mayTouch = block.n == 0 && block.first == 0 && !few;
        if (mayTouch) {
            weightTouch.begin(run.number, packedWeights, blocks.weights(block.group, i, k0), rows * blocks.depth(k0));
        }
        for (int j = 0; j < block.main;) {
            int columns = tileColumns(block.main - j);
            tile(i, rows, k0, j, columns);
            j += columns;
        }
        if (mayTouch) {
            weightTouch.end();
        }
    }

    /**
     * The pixels of the next tile, of those that are left. A tile of one vector would be slow, because there a broadcast weight serves one
     * FMA; so where vectors are odd, three come first. (7x7 pixels: 80 % of the peak with two and one, 88 % with three.)
     */
    private static int tileColumns(int left) {
        boolean isOdd = Math.ceilDiv(left, LANES) % 2 == 1;
        return VectorEnvironment.REGISTERS >= 32 && isOdd && left >= WIDE * LANES ? WIDE * LANES : Math.min(left, NR);
    }

    private void tile(int i, int rows, int k0, int j, int columns) {
        int channel = block.group * m + i;
        int vectors = Math.ceilDiv(columns, LANES);
        int plane = run.y.at(block.n, channel, 0, 0);
        int pixel = block.first + j;
        if (columns == vectors * LANES && run.y.isPlaneDense(width)) {
            multiply(i, rows, vectors, k0, j, channel, run.yArray, plane + pixel, run.y.channel);
            return;
        }
        // In place the last vector begins earlier, lest it is read behind the end of the array.
        int shift = block.isCopied() ? 0 : vectors * LANES - columns;
        if (k0 > 0) {
            tile.load(run.yArray, run.y, plane, pixel, width, rows, columns, shift);
        }
        multiply(i, rows, vectors, k0, j - shift, channel, tile.elements, 0, FloatPixelTile.LD);
        tile.store(run.yArray, run.y, plane, pixel, width, rows, columns, shift);
    }

    private void multiply(int i, int rows, int vectors, int k0, int j, int channel, float[] c, int cOffset, int ldc) {
        int kc = blocks.depth(k0);
        int a = blocks.weights(block.group, i, k0);
        if (packedAt == IN_PLACE) {
            rows(rows, vectors, kc, k0, a, block.elements, block.at(k0, j), block.ld, channel, c, cOffset, ldc);
        } else {
            multiplyPacked(rows, vectors, kc, k0, a, channel, c, cOffset, ldc);
        }
    }

    private void multiplyPacked(int rows, int vectors, int kc, int k0, int a, int channel, float[] c, int cOffset,
            int ldc) {
        if (VectorEnvironment.REGISTERS >= 32) {
            rows(rows, vectors, kc, k0, a, packed.elements(), packedAt, vectors * LANES, channel, c, cOffset, ldc);
        } else if (k0 == 0) {
            FloatPackedKernels.start(rows, kc, packedWeights, a, packed.elements(), packedAt, bias, channel, c,
                    cOffset, ldc);
        } else {
            FloatPackedKernels.add(rows, kc, packedWeights, a, packed.elements(), packedAt, c, cOffset, ldc);
        }
    }

    /** All rows of a panel at once, or half of them after the other half if a tile is wide. */
    private void rows(int rows, int vectors, int kc, int k0, int a, float[] from, int at, int ld, int channel,
            float[] c, int cOffset, int ldc) {
        int half = vectors == WIDE && rows > WIDE_ROWS ? Math.ceilDiv(rows, 2) : rows;
        for (int first = 0; first < rows; first += half) {
            int count = Math.min(half, rows - first);
            int to = cOffset + first * ldc;
            if (k0 == 0) {
                FloatUnscaledMicroKernels.start(count, vectors, kc, packedWeights, a + first, rows, from, at, ld, bias,
                        channel + first, c, to, ldc);
            } else {
                FloatUnscaledMicroKernels.add(count, vectors, kc, packedWeights, a + first, rows, from, at, ld, c, to,
                        ldc);
            }
        }
    }
}
