package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.CacheSizes;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.FloatPackedB;
import dev.lanewise.simd.gemm.FloatPanels;
import dev.lanewise.simd.gemm.FloatUnscaledMicroKernels;
import dev.lanewise.simd.gemm.RegisterTile;
import org.jspecify.annotations.Nullable;

/**
 * 1x1 convolution without padding: the matrix product {@code y [Cout/groups x P*Q] = weight [Cout/groups x K] * x [K x P*Q]} of each image and group.
 *
 * <p>Wins over {@link FloatIm2colGemm}, which copies x, wherever it computes: here micro-kernels read x where it lies, and only strided x is copied. Some pixels of all channels stay in
 * the L2 cache. One panel of weights after the other stays in the L1 cache while they pass by, block of taps after block, so that the results of a panel do not leave that cache before
 * they are finished. With channels enough, and 16 registers, a large L2 cache or few input channels, tiles are {@linkplain FloatPackedB packed} first, some at a time: as many as the L2 cache holds, or so few that
 * they stay in the L1 cache while the weights pass by. (Shares of the peak, JDK 25, Zen 5, repeated and among the other layers of ResNet-50: 64 to 256 channels at 56x56 0.85 and 0.80; 1024 to
 * 256 at 14x14 0.92 and 0.79; 512 to 2048 at 7x7,
 * whose weights come from memory, 0.67 and 0.64.)
 */
final class FloatPointwise implements ConvAlgorithm {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = FloatPackedB.NR;
    /** The vectors of a tile that takes half of a panel's rows, and the most rows of it. */
    private static final int WIDE = 3;
    private static final int WIDE_ROWS = 8;
    private static final int KC = NumericsContract.KC;
    /** What the pixels of a task may take, so that an L2 cache of 1 MiB holds them beside the weights that stream by. */
    private static final int BLOCK_BYTES = 512 * 1024;
    private static final int MAX_PIXELS = 512;
    /**
     * More pixels have a task if they take no more than this: few channels become many, and the memory takes long rows of results faster than short
     * ones (Zen 4, 24 to 144 channels of 56x56 among the other layers of MobileNetV2: 0.75 of the time).
     */
    private static final int LONG_ROWS_BYTES = 128 * 1024;
    /** The most elements of a copy of pixels, which has all their channels unless these are thousands: with packed tiles beside it scratch stays below 1 MiB. */
    private static final int MAX_COPY = 640 * 1024 / Float.BYTES;
    private static final int TAIL_SUMS = FloatTailKernels.PANELS * FloatTailKernels.PIXELS * LANES;
    /**
     * Output channels that pay for packing pixels, with 16 registers: to 12 it takes a few percent longer, to 16 as much less, to 24 and more 6 to
     * 26 % less (from 2 to 240 channels, Zen 3).
     */
    private static final int PACKING_PAYS = 16;
    /**
     * The same with 32 registers and an L2 cache of 2 MiB, where panels begin a cache line, as rows of x seldom do, or x lies in many pages: 2 to 13 % less with 48 to 2048 output channels
     * (Emerald Rapids). With 16 to 40 it takes from 10 % less to 25 % longer, and with an L2 cache of 1 MiB and panels that began anywhere up to 11 % longer (Zen 5).
     */
    private static final int PACKING_PAYS_WITH_LARGE_L2 = 48;
    /**
     * The same with 32 registers and an L2 cache of 1 MiB, for few input channels, twice as many output channels, and results of an image of {@link #MANY_RESULTS} bytes: where x and y come
     * from memory it takes 3 to 19 % less, most with 16 and 24 input channels; repeated, from 4 % less to 2 % more. With more input channels or fewer results it takes as long or up to 4 % more among the
     * other layers of ResNet-50, in images of 7x7 pixels 2 to 6 % more (Zen 4).
     */
    private static final int PACKING_PAYS_WITH_FEW_TAPS = 96;
    private static final int FEW_TAPS = 128;
    private static final int MANY_RESULTS = 256 * 1024;
    private static final int MANY_PIXELS = 4 * NR;
    private static final int L2 = CacheSizes.ofThisMachine().l2();
    private static final long PAGE = 4096;
    /** More pages than the first level of a TLB holds, which has 64 to 96 entries. */
    private static final int MANY_PAGES = 128;
    /**
     * The elements of the tiles that are packed together, where the L2 cache holds them, and the L1 cache panel after panel of weights. Results are then written in long rows, which the memory
     * takes faster: bundles of 32 KiB take up to twice as long where they go there (64 to 128 channels of 56x56 among the other layers of ResNeXt-50, Emerald Rapids), and those of 512 KiB no less.
     */
    private static final int BUNDLE = FloatPanels.LENGTH;
    /** The same where the L1 cache holds them while weights pass by. */
    private static final int SMALL_BUNDLE = KC * NR;
    /**
     * Results of an image from which the large bundle gains, with 16 registers: 2 to 32 % less time from 1.6 MB on, 9 % less to 12 % more with up to 0.8 MB (in ResNeXt-50 and MobileNetV2, AVX2 on Emerald
     * Rapids). With 32 registers it gains, or costs nothing, with all.
     */
    private static final int LARGE_RESULTS = 1 << 20;
    /**
     * Panels of weights that the L2 cache holds beside the pixels, a block of taps of each: their results stay there until the next block. A single block takes all panels, and packs once (0 to
     * 2 % less time, with AVX2 1 to 3 %, Zen 4).
     */
    private static final int CACHED_PANELS = 22;
    private static final int IN_PLACE = -1;
    private static final float[] NONE = {};

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    private final float[] packedWeights;
    private final float[] bias;
    /** The output channels of a group, and the taps: a shape divides for them, which takes as long as some taps of a tile. */
    private final int m;
    private final int taps;
    private final int mr;
    private final int panels;
    private final int pixels;
    private final int blocks;
    private final int ldb;
    private final boolean isPacked;
    private final int bundle;
    /** The channels that are copied at a time: all, or some blocks of KC. */
    private final int copiedTaps;
    private final int[] rowSources;
    private final int[] columnSources;

    FloatPointwise(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape,
                FloatPackedA.packGroups(weight, shape.groups(), shape.groupOutputChannels(), shape.taps(),
                        panelRows(shape), LANES),
                bias == null ? new float[shape.outputChannels()] : bias.copy().floats(), epilogue);
    }

    private FloatPointwise(Conv2dShape shape, float[] packedWeights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.m = shape.groupOutputChannels();
        this.taps = shape.taps();
        this.mr = panelRows(shape);
        this.panels = Math.max(Math.ceilDiv(m, mr), 1);
        this.isPacked = isPacked(shape);
        this.bundle = VectorEnvironment.REGISTERS < 32 && resultBytes(shape) < LARGE_RESULTS ? SMALL_BUNDLE : BUNDLE;
        int divisor = Math.max(taps, 1);
        int most = Math.clamp(LONG_ROWS_BYTES / Float.BYTES / divisor, MAX_PIXELS, 4 * MAX_PIXELS);
        int fitting = Math.clamp(BLOCK_BYTES / Float.BYTES / divisor, NR, most);
        int wanted = Math.ceilDiv(shape.outputPixels(), fitting);
        this.pixels = Math.ceilDiv(Math.ceilDiv(shape.outputPixels(), wanted), NR) * NR;
        this.blocks = Math.ceilDiv(shape.outputPixels(), pixels);
        // An odd number of cache lines (at 512 bits) from row to row: an even one would use only some of the L1 cache's sets.
        this.ldb = pixels / LANES % 2 == 0 ? pixels + LANES : pixels;
        int copied = MAX_COPY / ldb;
        this.copiedTaps = taps <= copied ? taps : copied / KC * KC;
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
    }

    private static int panelRows(Conv2dShape shape) {
        return Math.max(RegisterTile.panelRows(shape.groupOutputChannels()), 1);
    }

    /** Whether tiles of pixels are packed, of two vectors or {@link #WIDE}. */
    private static boolean isPacked(Conv2dShape shape) {
        int m = shape.groupOutputChannels();
        if (VectorEnvironment.REGISTERS < 32) {
            return m >= PACKING_PAYS;
        }
        if (L2 >= 2 << 20) {
            boolean gains = FloatPanels.BEGIN_LINE && shape.outputPixels() >= NR || isInManyPages(shape);
            return m >= PACKING_PAYS_WITH_LARGE_L2 && gains;
        }
        boolean areMany = resultBytes(shape) >= MANY_RESULTS && shape.outputPixels() >= MANY_PIXELS;
        boolean areFew = shape.taps() <= Math.min(FEW_TAPS, m / 2);
        return L2 >= 1 << 20 && m >= PACKING_PAYS_WITH_FEW_TAPS && areFew && areMany && FloatPanels.BEGIN_LINE;
    }

    /** Whether a tile's channels, of a block of taps, lie in so many pages of x that each panel of weights would look their addresses up anew. */
    private static boolean isInManyPages(Conv2dShape shape) {
        long plane = (long) shape.rows().input() * shape.columns().input() * shape.dtype().bytes();
        return shape.isPointwise() && Math.min(shape.taps(), KC) * Math.min(plane, PAGE) > MANY_PAGES * PAGE;
    }

    private static long resultBytes(Conv2dShape shape) {
        return (long) shape.outputChannels() * shape.outputPixels() * shape.dtype().bytes();
    }

    static boolean canCompute(Conv2dShape shape) {
        return isUnpadded(shape.rows()) && isUnpadded(shape.columns());
    }

    private static boolean isUnpadded(Conv2dAxis axis) {
        return axis.kernel() == 1 && axis.before() == 0 && axis.after() == 0;
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatPointwise(shape, packedWeights, bias, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (copyLength() + packedLength() + RegisterTile.ROWS * FloatPixelTile.LD + TAIL_SUMS);
    }

    private int packedLength() {
        return isPacked ? FloatPanels.LENGTH : 0;
    }

    private int copyLength() {
        return copiedTaps * ldb + LANES; // the last row's last vector may reach behind it
    }

    private final class Run extends FloatRun {
        private final Task[] tasks;
        private final int panelsOfTask;
        private final int panelBlocks;

        Run(int parallelism) {
            super(epilogue);
            tasks = new Task[parallelism];
            for (int i = 0; i < parallelism; i++) {
                tasks[i] = new Task(this);
            }
            int pieces = Math.max(shape.batch() * shape.groups() * blocks, 1);
            int wanted = parallelism == 1 ? 1 : Math.ceilDiv(4 * parallelism, pieces);
            panelsOfTask = Math.ceilDiv(panels, Math.clamp(wanted, 1, panels));
            panelBlocks = Math.ceilDiv(panels, panelsOfTask);
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks * panelBlocks;
        }

        /** Some panels of output channels of one group, for a block of pixels of one image. */
        @Override
        public void run(int index, int worker) {
            int firstPanel = index % panelBlocks * panelsOfTask;
            int piece = index / panelBlocks;
            int block = piece % blocks;
            int group = piece / blocks % shape.groups();
            int n = piece / blocks / shape.groups();
            Task task = tasks[worker];
            task.take(piece, n, group, block * pixels);
            try {
                task.compute(firstPanel, Math.min(firstPanel + panelsOfTask, panels));
            } finally {
                task.release();
            }
        }
    }

    /** What one thread is at, with its scratch. */
    private final class Task {
        private final FloatRun run;
        private final FloatPixelTile tile = new FloatPixelTile();
        private final float[] sums = new float[TAIL_SUMS];
        private final FloatPanels packed = new FloatPanels();
        private final FloatWeightTouch weightTouch = new FloatWeightTouch();
        /** Made when it is needed first: x is not copied in most runs. */
        private float[] copy = NONE;
        /** The run, the piece of it and the first channel that the copy was made for. */
        private int copiedRun = -1;
        private int copiedPiece;
        private int copiedFrom;
        private int piece;
        private int n;
        private int group;
        private int first;
        private int count;
        /** The pixels that vectors compute; the others are the tail. */
        private int main;
        private float[] b = NONE;
        private int bOffset;
        private int ld;
        /** Where the pixels of the tile at hand are packed, or {@link #IN_PLACE}. */
        private int packedAt = IN_PLACE;

        Task(FloatRun run) {
            this.run = run;
        }

        /**
         * Takes a piece of the run, some pixels of a group in an image.
         *
         * @param piece its number: tasks for other output channels of the same pixels have the same
         */
        void take(int piece, int n, int group, int first) {
            this.piece = piece;
            this.n = n;
            this.group = group;
            this.first = first;
            this.count = Math.min(pixels, shape.outputPixels() - first);
            int behind = count % LANES;
            this.main = mr <= LANES && behind <= FloatTailKernels.PIXELS ? count - behind : count;
            if (isPacked) {
                packed.take();
            }
        }

        void release() {
            packed.give();
            b = NONE;
        }

        /** The output channels of some panels. */
        void compute(int firstPanel, int lastPanel) {
            int packedFor = taps <= KC ? panels : CACHED_PANELS;
            int atOnce = isPacked ? packedFor : FloatTailKernels.PANELS;
            int k0 = 0;
            do {
                int k1 = bring(k0);
                for (int panel = firstPanel; panel < lastPanel; panel += atOnce) {
                    compute(panel, Math.min(panel + atOnce, lastPanel), k0, k1);
                }
                k0 = k1;
            } while (k0 < taps);
        }

        /** Makes ready the pixels' channels from k0 on, and says up to which. */
        private int bring(int k0) {
            if (isReadInPlace()) {
                b = run.xArray;
                bOffset = run.x.at(n, group * shape.groupInputChannels(), 0, first);
                ld = run.x.channel;
                touchPixels();
                return taps;
            }
            if (copy.length == 0) {
                copy = new float[copyLength()];
            }
            int k1 = Math.min(k0 + copiedTaps, taps);
            if (copiedRun != run.number || copiedPiece != piece || copiedFrom != k0) {
                copyPixels(k0, k1);
                copiedRun = run.number;
                copiedPiece = piece;
                copiedFrom = k0;
            }
            b = copy;
            bOffset = -k0 * ldb;
            ld = ldb;
            return k1;
        }

        /** Whether output pixels are neighbours in x, and a vector that begins at the last ones can begin earlier. */
        private boolean isReadInPlace() {
            return shape.isPointwise() && run.x.isPlaneDense(shape.columns().input())
                    && (main == 0 || shape.outputPixels() >= NR);
        }

        /** Brings the pixels into the cache: tiles read two or three lines of each channel. */
        private void touchPixels() {
            if (Float.BYTES * (long) taps * count >= FloatTouch.LEAST_BYTES) {
                run.imageTouch.read(b, bOffset, ld, taps, count);
            }
        }

        private void copyPixels(int k0, int k1) {
            if (run.x.column != 1 || shape.columns().stride() != 2) {
                FloatIm2col.pack(shape, rowSources, columnSources, run.xArray, run.x, n, group, k0, k1 - k0, first,
                        count, copy, ldb);
                return;
            }
            int width = shape.columns().output();
            int pitch = shape.rows().stride() * run.x.row;
            int p = first / width;
            int q = first % width;
            int begun = Math.min((width - q) % width, count); // pixels of a row whose first ones the piece does not have
            int rows = (count - begun) / width;
            int whole = begun + rows * width;
            for (int k = k0; k < k1; k++) {
                int from = run.x.at(n, group * shape.groupInputChannels() + k, 0, 0) + p * pitch;
                int to = (k - k0) * ldb;
                int next = begun == 0 ? from : from + pitch;
                if (begun > 0) {
                    FloatRows.evens(run.xArray, from + 2 * q, 0, copy, to, 0, begun, 1);
                }
                FloatRows.evens(run.xArray, next, pitch, copy, to + begun, width, width, rows);
                if (whole < count) {
                    FloatRows.evens(run.xArray, next + rows * pitch, 0, copy, to + whole, 0, count - whole, 1);
                }
            }
        }

        /** Taps {@code start} to {@code end - 1} of the output channels of some panels. */
        private void compute(int firstPanel, int lastPanel, int start, int end) {
            if (isPacked) {
                for (int k0 = start; k0 < end; k0 += KC) {
                    columns(firstPanel * mr, Math.min(lastPanel * mr, m), k0);
                }
            } else {
                for (int i = firstPanel * mr; i < Math.min(lastPanel * mr, m); i += mr) {
                    for (int k0 = start; k0 < end; k0 += KC) {
                        panel(i, Math.min(mr, m - i), k0);
                    }
                }
            }
            for (int k0 = start; k0 < end && main < count; k0 += KC) {
                for (int panel = firstPanel; panel < lastPanel; panel += FloatTailKernels.PANELS) {
                    tail(panel, Math.min(panel + FloatTailKernels.PANELS, lastPanel), k0);
                }
            }
            for (int i = firstPanel * mr; i < Math.min(lastPanel * mr, m) && end == taps; i++) {
                run.finish(n, group * m + i, first, count, shape.columns().output());
            }
        }

        /** All tiles of a block of taps for some channels, a bundle of packed tiles after the other. */
        private void columns(int firstChannel, int endChannel, int k0) {
            int kc = Math.min(KC, taps - k0);
            int most = bundle / kc / NR * NR;
            for (int j = 0; j < main; j += most) {
                int width = Math.min(main - j, most);
                int whole = pack(kc, k0, j, width);
                for (int i = firstChannel; i < endChannel; i += mr) {
                    int rows = Math.min(mr, endChannel - i);
                    packedTiles(i, rows, k0, kc, j, whole);
                    for (int v = whole; v < width;) {
                        int columns = tileColumns(width - v);
                        tile(i, rows, k0, j + v, columns);
                        v += columns;
                    }
                }
            }
        }

        /** Packs a bundle's tiles of whole vectors, and says how many pixels they have. */
        private int pack(int kc, int k0, int j, int width) {
            int v = 0;
            int columns = tileColumns(width);
            while (columns == NR || columns == WIDE * LANES) {
                FloatPackedB.packTile(kc, columns, b, bOffset + k0 * ld + j + v, ld, packed.elements(),
                        packed.first() + v * kc);
                v += columns;
                columns = tileColumns(width - v);
            }
            return v;
        }

        /** The tiles of a panel's block of taps whose pixels, from pixel j on, are packed. */
        private void packedTiles(int i, int rows, int k0, int kc, int j, int whole) {
            int channel = group * m + i;
            int a = weights(i, k0, kc);
            int c = run.y.at(n, channel, 0, 0) + first + j;
            boolean isDense = run.y.isPlaneDense(shape.columns().output());
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
            boolean mayTouch = n == 0 && first == 0 && !few;
            if (mayTouch) {
                int kc = Math.min(KC, taps - k0);
                weightTouch.begin(run.number, packedWeights, weights(i, k0, kc), rows * kc);
            }
            for (int j = 0; j < main;) {
                int columns = tileColumns(main - j);
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
        private int tileColumns(int left) {
            boolean isOdd = Math.ceilDiv(left, LANES) % 2 == 1;
            return VectorEnvironment.REGISTERS >= 32 && isOdd && left >= WIDE * LANES
                    ? WIDE * LANES
                    : Math.min(left, NR);
        }

        private void tile(int i, int rows, int k0, int j, int columns) {
            int channel = group * m + i;
            int width = shape.columns().output();
            int vectors = Math.ceilDiv(columns, LANES);
            int plane = run.y.at(n, channel, 0, 0);
            if (columns == vectors * LANES && run.y.isPlaneDense(width)) {
                multiply(i, rows, vectors, k0, bOffset + j, channel, run.yArray, plane + first + j, run.y.channel);
                return;
            }
            // In place the last vector begins earlier, lest it is read behind the end of the array.
            int shift = b == copy ? 0 : vectors * LANES - columns;
            if (k0 > 0) {
                tile.load(run.yArray, run.y, plane, first + j, width, rows, columns, shift);
            }
            multiply(i, rows, vectors, k0, bOffset + j - shift, channel, tile.elements, 0, FloatPixelTile.LD);
            tile.store(run.yArray, run.y, plane, first + j, width, rows, columns, shift);
        }

        private void multiply(int i, int rows, int vectors, int k0, int at, int channel, float[] c, int cOffset,
                int ldc) {
            int kc = Math.min(KC, taps - k0);
            int a = weights(i, k0, kc);
            if (packedAt == IN_PLACE) {
                rows(rows, vectors, kc, k0, a, b, at + k0 * ld, ld, channel, c, cOffset, ldc);
            } else {
                multiplyPacked(rows, vectors, kc, k0, a, channel, c, cOffset, ldc);
            }
        }

        private void multiplyPacked(int rows, int vectors, int kc, int k0, int a, int channel, float[] c, int cOffset,
                int ldc) {
            if (VectorEnvironment.REGISTERS >= 32) {
                rows(rows, vectors, kc, k0, a, packed.elements(), packedAt, vectors * LANES, channel, c, cOffset, ldc);
            } else if (k0 == 0) {
                FloatPackedKernels.startRows(rows, kc, packedWeights, a, packed.elements(), packedAt, bias, channel, c,
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
                    FloatUnscaledMicroKernels.start(count, vectors, kc, packedWeights, a + first, rows, from, at, ld,
                            bias, channel + first, c, to, ldc);
                } else {
                    FloatUnscaledMicroKernels.add(count, vectors, kc, packedWeights, a + first, rows, from, at, ld, c,
                            to, ldc);
                }
            }
        }

        /** Where the panel that starts at channel i of the group lies. */
        private int weights(int i, int k0, int kc) {
            return group * m * taps + FloatPackedA.panel(m, i, k0, kc);
        }

        /** The pixels behind the last vector. A call takes four panels; missing ones are the last one again. */
        private void tail(int firstPanel, int lastPanel, int k0) {
            int kc = Math.min(KC, taps - k0);
            int i0 = firstPanel * mr;
            int last = (lastPanel - 1) * mr;
            int i1 = Math.min(i0 + mr, last);
            int i2 = Math.min(i1 + mr, last);
            int i3 = Math.min(i2 + mr, last);
            FloatTailKernels.run(count - main, kc, packedWeights, weights(i0, k0, kc), Math.min(mr, m - i0),
                    weights(i1, k0, kc), Math.min(mr, m - i1), weights(i2, k0, kc), Math.min(mr, m - i2),
                    weights(i3, k0, kc), Math.min(mr, m - i3), b, bOffset + k0 * ld + main, ld, sums);
            for (int j = main; j < count; j++) {
                storeTail(i0, Math.min(lastPanel * mr, m), j, k0 == 0);
            }
        }

        private void storeTail(int firstChannel, int lastChannel, int j, boolean isFirst) {
            int width = shape.columns().output();
            int channel = group * m;
            int to = run.y.at(n, channel, (first + j) / width, (first + j) % width);
            int from = (j - main) * LANES;
            for (int i0 = firstChannel; i0 < lastChannel; i0 += mr) {
                for (int i = i0; i < Math.min(i0 + mr, lastChannel); i++) {
                    int at = to + i * run.y.channel;
                    run.yArray[at] = (isFirst ? bias[channel + i] : run.yArray[at]) + sums[from + i - i0];
                }
                from += FloatTailKernels.PIXELS * LANES;
            }
        }
    }
}
