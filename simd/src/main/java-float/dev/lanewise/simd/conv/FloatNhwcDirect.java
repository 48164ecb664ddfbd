package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.RegisterTile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of images in NHWC with few channels per group: lanes are output channels, of several groups, and a tile is some neighbouring
 * output pixels of one or two vectors of them.
 *
 * <p>A task goes through rows of the image for its piece of the channels. The padded rows that an output row meets lie in a ring, where each
 * row of x is copied once, and which stays in the L1 cache. Read in place x was slower, 0.09 of the FMA peak instead of 0.18 for depthwise 3x3 on
 * 144 channels: pixels are any distance apart there, so that C2 checks the bounds of each load by itself, and tiles at the border were copied still.
 *
 * <p>With C input channels per group there are C such rings: lane j of the i-th has the i-th input channel of the group of output channel j, so
 * that the kernels have nothing to rearrange. That pays up to half a vector of output channels per group: 3x3 with 4 channels per group reaches
 * 0.18 of the FMA peak, 8 times what a matrix product for each group does; with 8 channels twice, with 16 half of it.
 */
final class FloatNhwcDirect implements ConvAlgorithm {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** The most vectors of channels of a task: rings for several input channels want the L1 cache for one vector. */
    private static final int MAX_VECTORS = 2;
    /** The most pixels of a tile: two accumulators each and the weights fit the registers. */
    private static final int MAX_PIXELS = VectorEnvironment.REGISTERS >= 32 ? 8 : 6;
    /** What a ring of rows may take at most. */
    private static final int MAX_RING = 1024 * 1024 / Float.BYTES;
    /** What a task computes at least, in output elements, where there are enough rows. */
    private static final int TASK_OUTPUTS = 32 * 1024;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    /** Piece of channels after piece: [taps][vectors of the piece * LANES]. */
    private final float[] weights;
    /** In whole vectors. */
    private final float[] bias;
    /** The most channels of a piece, in whole vectors. */
    private final int width;
    private final int pieces;
    /** For each input channel of a group the places that its lanes take in a vector; none if they can't be found in one. */
    private final List<VectorShuffle<Float>> spreads;
    /** For each output channel the first input channel of its group. */
    private final int[] inputs;
    private final int[] rowSources;
    private final int[] columnSources;
    /** Columns of the padded image with the same remainder by the stride lie side by side; so many there are. */
    private final int phaseColumns;
    private final int taskRows;
    private final int blocks;

    FloatNhwcDirect(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape, packed(shape, weight.reshape(shape.outputChannels(), shape.taps())),
                Arrays.copyOf(bias == null ? new float[0] : bias.copy().floats(), vectors(shape) * LANES), epilogue);
    }

    private FloatNhwcDirect(Conv2dShape shape, float[] weights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.weights = weights;
        this.bias = bias;
        this.width = width(shape);
        this.pieces = Math.ceilDiv(shape.outputChannels(), width);
        this.spreads = spreads(shape);
        this.inputs = new int[shape.outputChannels()];
        Arrays.setAll(inputs, c -> c / shape.groupOutputChannels() * shape.groupInputChannels());
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
        this.phaseColumns = phaseColumns(shape.columns());
        int outputsOfRow = Math.max(shape.columns().output() * width, 1);
        this.taskRows = Math.clamp(TASK_OUTPUTS / outputsOfRow, 1, Math.max(shape.rows().output(), 1));
        this.blocks = Math.ceilDiv(shape.rows().output(), taskRows);
    }

    /** Whether the taps are one block, and the rings small enough. */
    static boolean canCompute(Conv2dShape shape) {
        return shape.taps() <= NumericsContract.KC && ringElements(shape) <= MAX_RING;
    }

    /** The elements of all rings. */
    private static long ringElements(Conv2dShape shape) {
        return (long) shape.groupInputChannels() * shape.rows().span() * phaseColumns(shape.columns())
                * shape.columns().stride() * width(shape);
    }

    private static int width(Conv2dShape shape) {
        return (shape.groupInputChannels() == 1 ? MAX_VECTORS : 1) * LANES;
    }

    private static List<VectorShuffle<Float>> spreads(Conv2dShape shape) {
        int channels = shape.groupInputChannels();
        if (channels != shape.groupOutputChannels() || LANES % channels != 0) {
            return List.of();
        }
        List<VectorShuffle<Float>> spreads = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            int channel = i;
            spreads.add(VectorShuffle.fromOp(S, lane -> lane / channels * channels + channel));
        }
        return List.copyOf(spreads);
    }

    private static int phaseColumns(Conv2dAxis columns) {
        return Math.ceilDiv(columns.padded(), columns.stride());
    }

    private static int vectors(Conv2dShape shape) {
        return Math.ceilDiv(shape.outputChannels(), LANES);
    }

    private static float[] packed(Conv2dShape shape, Tensor rows) {
        float[] packed = new float[Math.multiplyExact(shape.taps(), vectors(shape) * LANES)];
        for (int c = 0; c < shape.outputChannels(); c++) {
            int first = c / width(shape) * width(shape);
            int width = Math.min(vectors(shape) * LANES - first, width(shape));
            for (int k = 0; k < shape.taps(); k++) {
                packed[first * shape.taps() + k * width + c - first] = rows.floats()[rows.position(c, k)];
            }
        }
        return packed;
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatNhwcDirect(shape, weights, bias, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return Float.BYTES * (ringElements(shape) + (long) MAX_PIXELS * width) + (long) Integer.BYTES * shape.taps();
    }

    /** The elements of a row in a ring. */
    private int ringRow() {
        return phaseColumns * shape.columns().stride() * width;
    }

    /** The elements of a ring. */
    private int ring() {
        return shape.rows().span() * ringRow();
    }

    private final class Run extends FloatRun {
        private final Scratch[] scratches;

        Run(int parallelism) {
            super(epilogue);
            scratches = new Scratch[parallelism];
            Arrays.setAll(scratches, i -> new Scratch(shape, width));
        }

        @Override
        int tasks() {
            return shape.batch() * pieces * blocks;
        }

        /** Some output rows of one piece of the channels of an image. */
        @Override
        public void run(int index, int worker) {
            Scratch scratch = scratches[worker];
            int block = index % blocks;
            int n = index / blocks / pieces;
            scratch.piece = index / blocks % pieces;
            scratch.channels = Math.min(width, shape.outputChannels() - scratch.piece * width);
            scratch.vectors = Math.ceilDiv(scratch.channels, LANES);
            Conv2dAxis rows = shape.rows();
            int first = block * taskRows;
            int end = Math.min(first + taskRows, rows.output());
            int copied = first * rows.stride();
            for (int p = first; p < end; p++) {
                int top = p * rows.stride();
                for (copied = Math.max(copied, top); copied < top + rows.span(); copied++) {
                    copyRow(n, copied, scratch);
                }
                outputRow(n, p, scratch);
            }
        }

        /** One row of the padded image, into each ring. */
        private void copyRow(int n, int paddedRow, Scratch scratch) {
            int stride = shape.columns().stride();
            int lanes = scratch.vectors * LANES;
            int row = rowSources[paddedRow];
            boolean whole = x.channel == 1 && scratch.channels == lanes && !spreads.isEmpty();
            for (int channel = 0; channel < shape.groupInputChannels(); channel++) {
                int to = channel * ring() + paddedRow % shape.rows().span() * ringRow();
                if (row == Conv2dAxis.ZERO) {
                    Arrays.fill(scratch.rings, to, to + ringRow(), 0);
                    continue;
                }
                int from = x.at(n, whole ? scratch.piece * width : channel, row, 0);
                for (int phase = 0; phase < stride; phase++) {
                    int at = to + phase * phaseColumns * lanes;
                    if (!whole) {
                        gatherPixels(from, phase, stride, scratch, lanes, at);
                    } else if (shape.groupInputChannels() > 1) {
                        spreadPixels(xArray, from, x.column, columnSources, phase, stride, spreads.get(channel),
                                scratch.rings, at);
                    } else {
                        copyPixels(xArray, from, x.column, columnSources, phase, stride, scratch.vectors,
                                scratch.rings, at);
                    }
                }
            }
        }

        /** For each lane a channel of its group's, at a distance of {@code from} from the group's first one. */
        private void gatherPixels(int from, int phase, int stride, Scratch scratch, int lanes, int at) {
            int first = scratch.piece * width;
            for (int j = phase; j < columnSources.length; j += stride) {
                int column = columnSources[j];
                for (int c = 0; c < scratch.channels; c++) {
                    scratch.rings[at + c] = column == Conv2dAxis.ZERO
                            ? 0
                            : xArray[from + column * x.column + inputs[first + c] * x.channel];
                }
                at += lanes;
            }
        }

        private void outputRow(int n, int p, Scratch scratch) {
            findPlaces(p, scratch);
            int columns = shape.columns().output();
            int lanes = scratch.vectors * LANES;
            int most = RegisterTile.panelRows(columns, MAX_PIXELS);
            int channel = scratch.piece * width;
            boolean direct = y.channel == 1 && scratch.channels == lanes;
            for (int q = 0; q < columns; q += most) {
                int pixels = Math.min(most, columns - q);
                int to = y.at(n, channel, p, q);
                FloatNhwcDirectKernels.fold(pixels, scratch.vectors, scratch.places, scratch.rings, q * lanes, weights,
                        channel * shape.taps(), bias, channel, direct ? yArray : scratch.tile, direct ? to : 0,
                        direct ? y.column : lanes);
                if (!direct) {
                    copyOut(scratch.tile, pixels, scratch.channels, lanes, to);
                }
            }
            for (int q = 0; q < columns; q++) {
                finishPixel(n, channel, scratch.channels, p * columns + q, columns);
            }
        }

        /** Where the taps of an output row begin in the rings. */
        private void findPlaces(int p, Scratch scratch) {
            Conv2dAxis rows = shape.rows();
            Conv2dAxis columns = shape.columns();
            for (int k = 0; k < scratch.places.length; k++) {
                int channel = k / columns.kernel() / rows.kernel();
                int row = (p * rows.stride() + k / columns.kernel() % rows.kernel() * rows.dilation()) % rows.span();
                int column = k % columns.kernel() * columns.dilation();
                scratch.places[k] = channel * ring() + row * ringRow()
                        + (column % columns.stride() * phaseColumns + column / columns.stride()) * scratch.vectors
                                * LANES;
            }
        }

        private void copyOut(float[] tile, int pixels, int channels, int lanes, int to) {
            for (int i = 0; i < pixels; i++) {
                for (int c = 0; c < channels; c++) {
                    yArray[to + i * y.column + c * y.channel] = tile[i * lanes + c];
                }
            }
        }
    }

    private static void copyPixels(float[] from, int row, int step, int[] sources, int first, int stride, int vectors,
            float[] to, int at) {
        if (vectors == MAX_VECTORS) {
            for (int j = first; j < sources.length; j += stride) {
                if (sources[j] == Conv2dAxis.ZERO) {
                    FloatVector.zero(S).intoArray(to, at);
                    FloatVector.zero(S).intoArray(to, at + LANES);
                } else {
                    int source = row + sources[j] * step;
                    FloatVector.fromArray(S, from, source).intoArray(to, at);
                    FloatVector.fromArray(S, from, source + LANES).intoArray(to, at + LANES);
                }
                at += MAX_VECTORS * LANES;
            }
            return;
        }
        for (int j = first; j < sources.length; j += stride) {
            FloatVector pixel = sources[j] == Conv2dAxis.ZERO
                    ? FloatVector.zero(S)
                    : FloatVector.fromArray(S, from, row + sources[j] * step);
            pixel.intoArray(to, at);
            at += LANES;
        }
    }

    /** Pixels of one vector of channels, rearranged. */
    private static void spreadPixels(float[] from, int row, int step, int[] sources, int first, int stride,
            VectorShuffle<Float> spread, float[] to, int at) {
        for (int j = first; j < sources.length; j += stride) {
            FloatVector pixel = sources[j] == Conv2dAxis.ZERO
                    ? FloatVector.zero(S)
                    : FloatVector.fromArray(S, from, row + sources[j] * step).rearrange(spread);
            pixel.intoArray(to, at);
            at += LANES;
        }
    }

    /** What one thread works on. */
    private static final class Scratch {
        /** Ring after ring, each as many padded rows as the kernel spans: [rows][phases][columns][channels of the piece]. */
        final float[] rings;
        /** For each tap its distance in the rings from the first column of an output row. */
        final int[] places;
        /** What y cannot take in whole vectors. */
        final float[] tile;
        int piece;
        int channels;
        int vectors;

        Scratch(Conv2dShape shape, int width) {
            rings = new float[Math.toIntExact(ringElements(shape))];
            places = new int[shape.taps()];
            tile = new float[MAX_PIXELS * width];
        }
    }
}
