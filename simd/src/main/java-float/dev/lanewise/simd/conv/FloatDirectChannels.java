package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolution with lanes that are output channels. A tile is a few pixels by two vectors of channels; the pixels' values for its taps
 * come from a padded copy of some image rows, or from the image itself where no tap meets padding. They are packed; but with AVX-512 those of pixels side by
 * side are read where they lie. The results are transposed when they are written.
 *
 * <pre>
 *   blocks of KC = 256 taps (by contract): copy their channels' rows, padded
 *     bundles of some tiles: pack those that are to be packed
 *       panels of two vectors of channels: their weights stay in the L1 cache ...
 *         ... while the tiles of the bundle pass by
 * </pre>
 * Wins with many channels and taps, which pay for transposing, and without AVX-512 for packing. Any pixels make a tile, so that images of any size fill the
 * tiles, and those at the border need not compute the taps that meet padding ({@link PixelRegion}).
 *
 * <p>Tried and no faster: reading the next panel's weights ahead, one element a tap, while the later tiles of a panel are computed (up to 15 %
 * slower at 512 channels of 7x7); listing a block's taps anew in each run (4 % slower there); computing the padded columns there (as fast); halves of a block of taps, whose
 * weights the L1 cache holds beside the pixels (as fast); skipping padded taps of columns at 28x28 (2 to 8 % slower).
 */
final class FloatDirectChannels implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int KC = NumericsContract.KC;
    /** The vectors of a panel of channels. */
    private static final int VECTORS = FloatChannelPanels.VECTORS;
    private static final int NR = VECTORS * LANES;
    private static final int MAX_PIXELS = VectorEnvironment.REGISTERS >= 32 ? 14 : 6;
    /** The most pixels that are packed together. */
    private static final int BUNDLE_PIXELS = 4 * MAX_PIXELS;
    /** The most elements of a task's results. */
    private static final int BLOCK_OUTPUTS = 256 * 1024 / Float.BYTES;
    /** The most channels of a task. */
    private static final int BLOCK_CHANNELS = 512;
    /** The most elements of a row of a task's results. Tasks have fewer channels where rows are wide. */
    private static final int MAX_ROW = 384 * 1024 / Float.BYTES;
    /** Whether pixels side by side may be read where they lie. With fewer registers, or loads that C2 moves ahead, packed ones are faster. */
    private static final boolean READS_IN_PLACE = VectorEnvironment.REGISTERS >= 32 && VectorEnvironment.ORDERS_LOADS;
    /** A tile of fewer pixels has so few multiply-adds to a tap that the checks of its place count, which packed pixels do without. */
    private static final int SMALL_TILE = 8;
    /** Panels that pay for packing a small tile: of 7x7 pixels 2 took 4 % longer, 10 as long, 16 took 2 % less (Zen 5). */
    private static final int PACKING_PAYS = 10;
    /** Elements of an image that nothing is copied from. */
    private static final int UNLIMITED = 1 << 29;
    /** What the lists of taps may take, in bytes. */
    private static final int MAX_LISTS = 320 * 1024;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final PhasedImage image;
    private final FloatPaddedRows padded;
    private final int taps;
    /** R * S. */
    private final int kernel;
    /** The channels that KC neighbouring taps can touch. */
    private final int blockChannels;
    /** The vectors of a group's output channels. */
    private final int vectors;
    private final int panels;
    /** The most panels of a task. */
    private final int panelsOfTask;
    private final float[] packedWeights;
    private final float[] bias;
    /** Whether the weights and the bias let taps that meet padding be skipped. */
    private final boolean maySkip;
    private final List<PixelRegion> regions;
    /** How rows of x are cut where tiles are packed from x itself, because no tap of any region meets padding; else null. */
    private final @Nullable PhasedImage inPlace;

    FloatDirectChannels(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape, FloatChannelPanels.pack(shape, weight), FloatChannelPanels.bias(shape, bias), epilogue);
    }

    private FloatDirectChannels(Conv2dShape shape, float[] packedWeights, float[] bias, FloatEpilogue epilogue) {
        this(shape, packedWeights, bias, FloatPaddedTaps.maySkip(shape, packedWeights, bias), epilogue);
    }

    private FloatDirectChannels(Conv2dShape shape, float[] packedWeights, float[] bias, boolean maySkip,
            FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.maySkip = maySkip;
        this.taps = shape.taps();
        this.kernel = shape.rows().kernel() * shape.columns().kernel();
        this.blockChannels = Math.min(Math.ceilDiv(KC - 1, kernel) + 1, shape.groupInputChannels());
        this.vectors = FloatChannelPanels.vectors(shape);
        this.panels = Math.ceilDiv(vectors, VECTORS);
        int width = shape.columns().output();
        int fitting = Math.min((MAX_ROW / width - LANES) / NR, BLOCK_CHANNELS / NR);
        this.panelsOfTask = Math.clamp(fitting, 1, Math.max(panels, 1));
        int maxRows = BLOCK_OUTPUTS / ldc(panelsOfTask) / width;
        this.image = new PhasedImage(shape, blockChannels, DirectTile.BLOCK_BYTES / Float.BYTES, maxRows);
        this.padded = new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld);
        this.regions = regions(shape, maySkip);
        boolean isInside = shape.columns().stride() == 1
                && regions.stream().allMatch(region -> region.isInside(shape));
        this.inPlace = isInside ? new PhasedImage(shape, blockChannels, UNLIMITED, maxRows) : null;
    }

    /** Whether scratch holds the padded rows of one output row, this row for a panel, and a list of all taps. */
    static boolean canCompute(Conv2dShape shape) {
        return PhasedImage.fits(shape) && (long) shape.columns().output() * ldc(1) <= MAX_ROW
                && TapList.bytes(shape) <= MAX_LISTS;
    }

    private static List<PixelRegion> regions(Conv2dShape shape, boolean maySkip) {
        List<PixelRegion> regions = PixelRegion.of(shape, maySkip);
        return regions.size() * TapList.bytes(shape) <= MAX_LISTS ? regions : PixelRegion.of(shape, false);
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatDirectChannels(shape, packedWeights, bias, maySkip, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (inputLength() + packedLength() + outputLength(panelsOfTask))
                + (inPlace == null ? 1L : 2L) * regions.size() * TapList.bytes(shape);
    }

    private int inputLength() {
        return blockChannels * image.channelLength + image.slack() + LANES;
    }

    private int blockPixels() {
        int rows = inPlace == null ? image.blockRows : Math.max(image.blockRows, inPlace.blockRows);
        return rows * shape.columns().output();
    }

    private static int packedLength() {
        return BUNDLE_PIXELS * KC + LANES;
    }

    private int outputLength(int panelsOfTask) {
        return blockPixels() * ldc(panelsOfTask);
    }

    /** One vector more than the channels of a task, lest pixels lie a power of two apart, in one set of the cache. */
    private static int ldc(int panelsOfTask) {
        return panelsOfTask * NR + LANES;
    }

    /** How the work is cut into tasks, and where its tiles find their pixels. */
    private final class Cut {
        final int blockRows;
        /** Of each block of rows. */
        final PixelTiles[] tiles;
        /** The tasks that share a block of rows. */
        final int parts;
        /** Of each region and block. They are as large as scratch, and no part of a plan: many plans share weights. */
        final TapList[][] taps;
        /** Elements from an output row to the next. */
        final int ld;

        /** @param image limits the rows of a block */
        Cut(PhasedImage image, int parallelism, int channelLength, int[] kernelOffsets, int ld) {
            this.ld = ld;
            int images = Math.max(shape.batch() * shape.groups(), 1);
            boolean isOneBlock = image.blockRows == shape.rows().output(); // then threads share its channels
            blockRows = isOneBlock ? image.blockRows : image.rowsOfTask(images, parallelism);
            tiles = PixelTiles.ofBlocks(regions, shape.rows().output(), blockRows, MAX_PIXELS);
            int blocks = images * tiles.length;
            int wanted = Math.max(Math.ceilDiv(parallelism, blocks), Math.ceilDiv(panels, panelsOfTask));
            parts = Math.clamp(wanted, 1, Math.max(panels, 1));
            taps = regions.stream().map(region -> TapList.ofBlocks(shape, region, channelLength, kernelOffsets))
                    .toArray(TapList[][]::new);
        }

        int tasks() {
            return shape.batch() * shape.groups() * tiles.length * parts;
        }

        /** The most panels of a task. */
        int panelsOfTask() {
            return Math.ceilDiv(panels, parts);
        }
    }

    private Cut cutOfCopies(int parallelism) {
        return new Cut(image, parallelism, image.channelLength, image.kernelOffsets(), image.ld);
    }

    /** For x whose channels lie one behind the other. */
    private Cut cutInPlace(PhasedImage rows, int parallelism) {
        int width = shape.columns().input();
        return new Cut(rows, parallelism, shape.rows().input() * width, TapOffsets.ofKernelInImage(shape),
                shape.rows().stride() * width);
    }

    private final class Run extends FloatRun {
        private final Cut copies;
        private final @Nullable Cut readInPlace;
        private final int ldc;
        private final Scratch[] scratches;

        Run(int parallelism) {
            super(epilogue);
            copies = cutOfCopies(parallelism);
            readInPlace = inPlace == null ? null : cutInPlace(inPlace, parallelism);
            int most = Math.max(copies.panelsOfTask(), readInPlace == null ? 0 : readInPlace.panelsOfTask());
            ldc = ldc(most);
            scratches = new Scratch[parallelism];
            for (int i = 0; i < parallelism; i++) {
                scratches[i] = new Scratch(inputLength(), packedLength(), outputLength(most));
            }
        }

        /** How this run's x lets the work be cut. */
        private Cut cut() {
            int width = shape.columns().input();
            boolean isDense = x.isPlaneDense(width) && x.channel == shape.rows().input() * width;
            return isDense && readInPlace != null ? readInPlace : copies;
        }

        @Override
        int tasks() {
            return cut().tasks();
        }

        /** Some panels of channels for one block of output rows of one group in one image. */
        @Override
        public void run(int index, int worker) {
            Cut cut = cut();
            int part = index % cut.parts;
            int block = index / cut.parts % cut.tiles.length;
            int group = index / cut.parts / cut.tiles.length % shape.groups();
            int n = index / cut.parts / cut.tiles.length / shape.groups();
            int first = block * cut.blockRows;
            int rows = Math.min(cut.blockRows, shape.rows().output() - first);
            Scratch scratch = scratches[worker];
            scratch.firstPanel = part * panels / cut.parts;
            scratch.endPanel = (part + 1) * panels / cut.parts;
            PixelTiles t = cut.tiles[block];
            begin(group, rows * shape.columns().output(), scratch);
            for (int k0 = 0; k0 < taps; k0 += KC) {
                int k1 = Math.min(k0 + KC, taps);
                float[] from = scratch.input;
                int origin = 0;
                if (cut == copies) {
                    padded.copyBlock(image, xArray, x, n, group, k0 / kernel, Math.ceilDiv(k1, kernel), first, rows,
                            from);
                } else {
                    from = xArray;
                    origin = x.at(n, group * shape.groupInputChannels() + k0 / kernel,
                            first * shape.rows().stride() - shape.rows().before(), -shape.columns().before());
                }
                for (int tile = 0; tile < t.count(); tile = t.endOfBundle(tile, BUNDLE_PIXELS)) {
                    bundle(n, group, first, cut, t, tile, k0, k1 - k0, from, origin, scratch);
                }
            }
            int m = shape.groupOutputChannels();
            int width = shape.columns().output();
            for (int c = scratch.firstPanel * NR; c < Math.min(scratch.endPanel * NR, m); c++) {
                finish(n, group * m + c, first * width, rows * width, width);
            }
        }

        /** Sets all results to the bias: a kernel that did so, instead of adding to them, would be one more to compile (four fifths of a second of C2's for 3x3 256 at 14x14, AVX2). */
        private void begin(int group, int pixels, Scratch scratch) {
            int v = scratch.firstPanel * VECTORS;
            int length = (Math.min(scratch.endPanel * VECTORS, vectors) - v) * LANES;
            for (int i = 0; i < pixels; i++) {
                System.arraycopy(bias, (group * vectors + v) * LANES, scratch.output, i * ldc, length);
            }
        }

        /** One block of taps for the tiles that are packed together. */
        private void bundle(int n, int group, int firstRow, Cut cut, PixelTiles t, int firstTile, int k0, int kc,
                float[] from, int origin, Scratch scratch) {
            int end = t.endOfBundle(firstTile, BUNDLE_PIXELS);
            for (int tile = firstTile; tile < end; tile++) {
                if (!isReadInPlace(t, tile)) {
                    TapList list = cut.taps[t.region[tile]][k0 / KC];
                    FloatTilePacking.pack(t, tile, list.steps, list.count(), from, origin, cut.ld, scratch.packed,
                            (t.firstPixel[tile] - t.firstPixel[firstTile]) * kc);
                }
            }
            for (int panel = scratch.firstPanel; panel < scratch.endPanel; panel++) {
                boolean mayTouch = n == 0 && firstRow + firstTile == 0; // later pixels find the weights in a cache
                if (mayTouch) {
                    scratch.weightTouch.begin(number, packedWeights,
                            FloatChannelPanels.start(taps, vectors, group, k0, kc, panel * VECTORS),
                            Math.min(VECTORS, vectors - panel * VECTORS) * LANES * kc);
                }
                for (int tile = firstTile; tile < end; tile++) {
                    int c = t.firstPixel[tile] * ldc + (panel - scratch.firstPanel) * NR;
                    TapList list = cut.taps[t.region[tile]][k0 / KC];
                    if (isReadInPlace(t, tile)) {
                        int segment = t.firstSegment[tile];
                        int at = origin + t.row[segment] * cut.ld + t.column[segment];
                        multiplyInPlace(group, t.pixels(tile), panel, k0, kc, list, from, at, scratch.output, c);
                    } else {
                        int at = (t.firstPixel[tile] - t.firstPixel[firstTile]) * kc;
                        multiply(group, t.pixels(tile), panel, k0, kc, list, scratch.packed, at, scratch.output, c);
                    }
                    if (k0 + kc == taps) {
                        copyOut(n, group, firstRow, t, tile, panel, scratch.output, c);
                    }
                }
                if (mayTouch) {
                    scratch.weightTouch.end();
                }
            }
        }

        /** Whether a tile is not packed. */
        private boolean isReadInPlace(PixelTiles t, int tile) {
            boolean isRun = t.firstSegment[tile] + 1 == t.firstSegment[tile + 1];
            return READS_IN_PLACE && isRun && (t.pixels(tile) >= SMALL_TILE || panels < PACKING_PAYS);
        }

        /** One block of taps of one tile for one panel, from the image. */
        private void multiplyInPlace(int group, int pixels, int panel, int k0, int kc, TapList list, float[] from,
                int at, float[] to, int c) {
            int v = panel * VECTORS;
            int wide = Math.min(VECTORS, vectors - v);
            int w = FloatChannelPanels.start(taps, vectors, group, k0, kc, v);
            if (list.count() == kc) {
                FloatFullRunKernels.add(pixels, wide, list.steps, kc, from, packedWeights, at, w, to, c, ldc);
            } else {
                FloatRunKernels.add(pixels, wide, list.steps, list.count(), from, packedWeights, at, w, to, c, ldc);
            }
        }

        /** One block of taps of one tile for one panel, from packed pixels. */
        private void multiply(int group, int pixels, int panel, int k0, int kc, TapList list, float[] from, int at,
                float[] to, int c) {
            int v = panel * VECTORS;
            int wide = Math.min(VECTORS, vectors - v);
            int w = FloatChannelPanels.start(taps, vectors, group, k0, kc, v);
            boolean isPacked = VectorEnvironment.REGISTERS < 32 && wide == VECTORS;
            if (isPacked && list.count() == kc) {
                FloatPackedKernels.add(pixels, kc, from, at, packedWeights, w, to, c, ldc);
            } else if (isPacked && list.pairsFrom >= 0) {
                FloatPairedKernels.add(pixels, list.steps, list.pairsFrom, list.count(), from, at, packedWeights, w, to,
                        c, ldc);
            } else {
                FloatChannelKernels.add(pixels, wide, list.steps, list.count(), from, packedWeights, at, w, to, c, ldc);
            }
        }

        /** Writes the channels of a panel, transposed. Segments that lie side by side in y are written as one. */
        private void copyOut(int n, int group, int firstRow, PixelTiles t, int tile, int panel, float[] output,
                int from) {
            int m = shape.groupOutputChannels();
            int channels = Math.min(NR, m - panel * NR);
            int end = t.firstSegment[tile + 1];
            for (int s = t.firstSegment[tile]; s < end;) {
                int to = y.at(n, group * m + panel * NR, firstRow + t.row[s], t.column[s]);
                int pixels = 0;
                do {
                    pixels += t.length[s++];
                } while (s < end && t.row[s] * y.row + t.column[s] * y.column == t.row[s - 1] * y.row
                        + (t.column[s - 1] + t.length[s - 1]) * y.column);
                FloatRows.transpose(output, from, ldc, channels, yArray, to, y.column, y.channel, pixels);
                from += pixels * ldc;
            }
        }
    }

    /** What one thread works on. */
    private static final class Scratch {
        final FloatWeightTouch weightTouch = new FloatWeightTouch();
        final float[] input;
        final float[] packed;
        /** [pixels][channels], the pixels in the order of the tiles. */
        final float[] output;
        int firstPanel;
        int endPanel;

        Scratch(int inputLength, int packedLength, int outputLength) {
            input = new float[inputLength];
            packed = new float[packedLength];
            output = new float[outputLength];
        }
    }
}
