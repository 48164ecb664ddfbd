package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.gemm.FloatPackedB;

/** A block of pixels with their channels, as the matrix B of a 1x1 convolution: where they lie in x, or copied. Of one thread. */
final class FloatPixelBlock {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final int NR = FloatPackedB.NR;
    private static final float[] NONE = {};

    private final FloatPointwiseBlocks blocks;
    private final Conv2dShape shape;
    private final FloatRun run;
    /** Made when it is needed first: x is not copied in most runs. */
    private float[] copy = NONE;
    /** The run, the block of it and the first channel that the copy was made for. */
    private int copiedRun = -1;
    private int copiedBlock;
    private int copiedFrom;
    private int number;
    int n;
    int group;
    int first;
    int count;
    /** The pixels that vectors compute; the others are the tail. */
    int main;
    float[] elements = NONE;
    private int offset;
    /** The elements from a channel to the next. */
    int ld;

    FloatPixelBlock(FloatPointwiseBlocks blocks, FloatRun run) {
        this.blocks = blocks;
        this.shape = blocks.shape;
        this.run = run;
    }

    /**
     * Takes some pixels of a group in an image.
     *
     * @param number of the block: tasks for other output channels of the same pixels have the same
     */
    void take(int number, int n, int group, int first) {
        this.number = number;
        this.n = n;
        this.group = group;
        this.first = first;
        this.count = Math.min(blocks.pixels, shape.outputPixels() - first);
        int behind = count % LANES;
        this.main = blocks.mr <= LANES && behind <= FloatTailKernels.PIXELS ? count - behind : count;
    }

    void release() {
        elements = NONE;
    }

    /** Makes ready the channels from k0 on, and says up to which. */
    int bring(int k0) {
        if (isReadInPlace()) {
            elements = run.xArray;
            offset = run.x.at(n, group * shape.groupInputChannels(), 0, first);
            ld = run.x.channel;
            touch();
            return blocks.taps;
        }
        if (copy.length == 0) {
            copy = new float[blocks.copyLength()];
        }
        int k1 = Math.min(k0 + blocks.copiedTaps, blocks.taps);
        if (copiedRun != run.number || copiedBlock != number || copiedFrom != k0) {
            copy(k0, k1);
            copiedRun = run.number;
            copiedBlock = number;
            copiedFrom = k0;
        }
        elements = copy;
        offset = -k0 * blocks.ldb;
        ld = blocks.ldb;
        return k1;
    }

    /** Where pixel j of channel k is among the elements. */
    int at(int k, int j) {
        return offset + k * ld + j;
    }

    boolean isCopied() {
        return elements == copy;
    }

    /** Whether output pixels are neighbours in x, and a vector that begins at the last ones can begin earlier. */
    private boolean isReadInPlace() {
        return shape.isPointwise() && run.x.isPlaneDense(shape.columns().input())
                && (main == 0 || shape.outputPixels() >= NR);
    }

    /** Brings the pixels into the cache: tiles read two or three lines of each channel. */
    private void touch() {
        if (Float.BYTES * (long) blocks.taps * count >= FloatTouch.LEAST_BYTES) {
            run.imageTouch.read(elements, offset, ld, blocks.taps, count);
        }
    }

    private void copy(int k0, int k1) {
        if (run.x.column != 1 || shape.columns().stride() != 2) {
            FloatIm2col.pack(shape, blocks.rowSources, blocks.columnSources, run.xArray, run.x, n, group, k0, k1 - k0,
                    first,
                    count, copy, blocks.ldb);
            return;
        }
        int width = shape.columns().output();
        int pitch = shape.rows().stride() * run.x.row;
        int p = first / width;
        int q = first % width;
        int begun = Math.min((width - q) % width, count); // pixels of a row whose first ones the block does not have
        int rows = (count - begun) / width;
        int whole = begun + rows * width;
        for (int k = k0; k < k1; k++) {
            int from = run.x.at(n, group * shape.groupInputChannels() + k, 0, 0) + p * pitch;
            int to = (k - k0) * blocks.ldb;
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
}
