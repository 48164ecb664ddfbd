package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.RegisterTile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of images in NHWC with one input and one output channel per group: lanes are channels, and a tile is some neighbouring output
 * pixels of two vectors of channels, or of one.
 *
 * <p>A task goes through rows of the image for its two vectors of channels. The padded rows that an output row meets lie in a ring, where each
 * row of x is copied once, and which stays in the L1 cache. Read in place x was slower, 0.09 of the FMA peak instead of 0.18 for 3x3 on 144
 * channels: pixels are any distance apart there, so that C2 checks the bounds of each load by itself, and tiles at the border were copied still.
 */
final class FloatNhwcDepthwise implements ConvAlgorithm {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int LANES = S.length();
    /** The most vectors of channels of a task. */
    private static final int VECTORS = 2;
    private static final int WIDTH = VECTORS * LANES;
    /** The most pixels of a tile: two accumulators each and the weights fit the registers. */
    private static final int MAX_PIXELS = VectorEnvironment.REGISTERS >= 32 ? 8 : 6;
    /** What a ring of rows may take at most. */
    private static final int MAX_RING = 1024 * 1024 / Float.BYTES;
    /** What a task computes at least, in output elements, where there are enough rows. */
    private static final int TASK_OUTPUTS = 32 * 1024;

    private final Conv2dShape shape;
    private final FloatEpilogue epilogue;
    /** Piece of channels after piece: [R*S][vectors of the piece * LANES]. */
    private final float[] weights;
    /** In whole vectors. */
    private final float[] bias;
    private final int pieces;
    private final int[] rowSources;
    private final int[] columnSources;
    /** Columns of the padded image with the same remainder by the stride lie side by side; so many there are. */
    private final int phaseColumns;
    private final int taskRows;
    private final int blocks;

    FloatNhwcDepthwise(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape, packed(shape, weight.reshape(shape.outputChannels(), shape.taps())),
                Arrays.copyOf(bias == null ? new float[0] : bias.copy().floats(), vectors(shape) * LANES), epilogue);
    }

    private FloatNhwcDepthwise(Conv2dShape shape, float[] weights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.epilogue = epilogue;
        this.weights = weights;
        this.bias = bias;
        this.pieces = Math.ceilDiv(vectors(shape), VECTORS);
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
        this.phaseColumns = phaseColumns(shape.columns());
        int outputsOfRow = Math.max(shape.columns().output() * WIDTH, 1);
        this.taskRows = Math.clamp(TASK_OUTPUTS / outputsOfRow, 1, Math.max(shape.rows().output(), 1));
        this.blocks = Math.ceilDiv(shape.rows().output(), taskRows);
    }

    /** Whether channels do not mix, and their taps are one block. */
    static boolean isDepthwise(Conv2dShape shape) {
        return shape.groupInputChannels() == 1 && shape.groupOutputChannels() == 1
                && shape.taps() <= NumericsContract.KC;
    }

    static boolean canCompute(Conv2dShape shape) {
        return isDepthwise(shape)
                && (long) shape.rows().span() * phaseColumns(shape.columns()) * shape.columns().stride()
                        * WIDTH <= MAX_RING;
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
            int first = c / WIDTH * WIDTH;
            int width = Math.min(vectors(shape) * LANES - first, WIDTH);
            for (int k = 0; k < shape.taps(); k++) {
                packed[first * shape.taps() + k * width + c - first] = rows.floats()[rows.position(c, k)];
            }
        }
        return packed;
    }

    @Override
    public ConvAlgorithm forShape(Conv2dShape shape) {
        return new FloatNhwcDepthwise(shape, weights, bias, epilogue);
    }

    @Override
    public ConvRun newRun(int parallelism) {
        return new Run(parallelism);
    }

    @Override
    public long scratchBytesPerThread() {
        return (long) Float.BYTES * (shape.rows().span() * ringRow() + MAX_PIXELS * WIDTH)
                + (long) Integer.BYTES * shape.taps();
    }

    /** The elements of a row in the ring. */
    private int ringRow() {
        return phaseColumns * shape.columns().stride() * WIDTH;
    }

    private final class Run extends FloatRun {
        private final Scratch[] scratches;

        Run(int parallelism) {
            super(epilogue);
            scratches = new Scratch[parallelism];
            Arrays.setAll(scratches, i -> new Scratch(shape.rows().span() * ringRow(), shape.taps()));
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
            scratch.channels = Math.min(WIDTH, shape.outputChannels() - scratch.piece * WIDTH);
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

        /** One row of the padded image, into the ring. */
        private void copyRow(int n, int paddedRow, Scratch scratch) {
            int stride = shape.columns().stride();
            int width = scratch.vectors * LANES;
            int to = paddedRow % shape.rows().span() * ringRow();
            int row = rowSources[paddedRow];
            if (row == Conv2dAxis.ZERO) {
                Arrays.fill(scratch.ring, to, to + ringRow(), 0);
                return;
            }
            int from = x.at(n, scratch.piece * WIDTH, row, 0);
            boolean whole = x.channel == 1 && scratch.channels == width;
            for (int phase = 0; phase < stride; phase++) {
                int at = to + phase * phaseColumns * width;
                if (whole) {
                    copyPixels(xArray, from, x.column, columnSources, phase, stride, scratch.vectors, scratch.ring, at);
                } else {
                    gatherPixels(from, phase, stride, scratch.channels, width, scratch.ring, at);
                }
            }
        }

        private void gatherPixels(int from, int phase, int stride, int channels, int width, float[] to, int at) {
            for (int j = phase; j < columnSources.length; j += stride) {
                int column = columnSources[j];
                for (int c = 0; c < channels; c++) {
                    to[at + c] = column == Conv2dAxis.ZERO ? 0 : xArray[from + column * x.column + c * x.channel];
                }
                at += width;
            }
        }

        private void outputRow(int n, int p, Scratch scratch) {
            findPlaces(p, scratch);
            int columns = shape.columns().output();
            int width = scratch.vectors * LANES;
            int most = RegisterTile.panelRows(columns, MAX_PIXELS);
            int channel = scratch.piece * WIDTH;
            boolean direct = y.channel == 1 && scratch.channels == width;
            for (int q = 0; q < columns; q += most) {
                int pixels = Math.min(most, columns - q);
                int to = y.at(n, channel, p, q);
                FloatNhwcDepthwiseKernels.fold(pixels, scratch.vectors, scratch.places, scratch.ring, q * width,
                        weights,
                        channel * shape.taps(), bias, channel, direct ? yArray : scratch.tile, direct ? to : 0,
                        direct ? y.column : width);
                if (!direct) {
                    copyOut(scratch.tile, pixels, scratch.channels, width, to);
                }
            }
            for (int q = 0; q < columns; q++) {
                finishPixel(n, channel, scratch.channels, p * columns + q, columns);
            }
        }

        /** Where the taps of an output row begin in the ring. */
        private void findPlaces(int p, Scratch scratch) {
            Conv2dAxis rows = shape.rows();
            Conv2dAxis columns = shape.columns();
            int width = scratch.vectors * LANES;
            for (int k = 0; k < scratch.places.length; k++) {
                int row = (p * rows.stride() + k / columns.kernel() * rows.dilation()) % rows.span();
                int column = k % columns.kernel() * columns.dilation();
                scratch.places[k] = row * ringRow()
                        + (column % columns.stride() * phaseColumns + column / columns.stride()) * width;
            }
        }

        private void copyOut(float[] tile, int pixels, int channels, int width, int to) {
            for (int i = 0; i < pixels; i++) {
                for (int c = 0; c < channels; c++) {
                    yArray[to + i * y.column + c * y.channel] = tile[i * width + c];
                }
            }
        }
    }

    private static void copyPixels(float[] from, int row, int step, int[] sources, int first, int stride, int vectors,
            float[] to, int at) {
        if (vectors == VECTORS) {
            for (int j = first; j < sources.length; j += stride) {
                if (sources[j] == Conv2dAxis.ZERO) {
                    FloatVector.zero(S).intoArray(to, at);
                    FloatVector.zero(S).intoArray(to, at + LANES);
                } else {
                    int source = row + sources[j] * step;
                    FloatVector.fromArray(S, from, source).intoArray(to, at);
                    FloatVector.fromArray(S, from, source + LANES).intoArray(to, at + LANES);
                }
                at += WIDTH;
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

    /** What one thread works on. */
    private static final class Scratch {
        /** As many padded rows as the kernel spans: [rows][phases][columns][channels of the piece]. */
        final float[] ring;
        /** For each tap its distance in the ring from the first column of an output row. */
        final int[] places;
        /** What y cannot take in whole vectors. */
        final float[] tile = new float[MAX_PIXELS * WIDTH];
        int piece;
        int channels;
        int vectors;

        Scratch(int ringLength, int taps) {
            ring = new float[ringLength];
            places = new int[taps];
        }
    }
}
