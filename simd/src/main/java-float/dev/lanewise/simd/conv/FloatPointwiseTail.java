package dev.lanewise.simd.conv;

import dev.lanewise.simd.environment.VectorEnvironment;

/** The pixels of a block behind its last vector: lanes are output channels there. */
final class FloatPointwiseTail {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    /** The elements of scratch. */
    static final int SUMS = FloatTailKernels.PANELS * FloatTailKernels.PIXELS * LANES;

    private final FloatPointwiseBlocks blocks;
    private final int m;
    private final int mr;
    private final float[] packedWeights;
    private final float[] bias;
    private final FloatRun run;
    private final FloatPixelBlock block;
    private final float[] sums = new float[SUMS];

    FloatPointwiseTail(FloatPointwiseBlocks blocks, float[] packedWeights, float[] bias, FloatRun run,
            FloatPixelBlock block) {
        this.blocks = blocks;
        this.m = blocks.m;
        this.mr = blocks.mr;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.run = run;
        this.block = block;
    }

    /** A block of taps, from k0 on, for the output channels of some panels. */
    void compute(int firstPanel, int lastPanel, int k0) {
        for (int panel = firstPanel; panel < lastPanel; panel += FloatTailKernels.PANELS) {
            panels(panel, Math.min(panel + FloatTailKernels.PANELS, lastPanel), k0);
        }
    }

    /** A call takes four panels; missing ones are the last one again. */
    private void panels(int firstPanel, int lastPanel, int k0) {
        int i0 = firstPanel * mr;
        int last = (lastPanel - 1) * mr;
        int i1 = Math.min(i0 + mr, last);
        int i2 = Math.min(i1 + mr, last);
        int i3 = Math.min(i2 + mr, last);
        FloatTailKernels.run(block.count - block.main, blocks.depth(k0), packedWeights, weights(i0, k0), rows(i0),
                weights(i1, k0), rows(i1), weights(i2, k0), rows(i2), weights(i3, k0), rows(i3), block.elements,
                block.at(k0, block.main), block.ld, sums);
        for (int j = block.main; j < block.count; j++) {
            store(i0, Math.min(lastPanel * mr, m), j, k0 == 0);
        }
    }

    private int weights(int i, int k0) {
        return blocks.weights(block.group, i, k0);
    }

    private int rows(int i) {
        return Math.min(mr, m - i);
    }

    private void store(int firstChannel, int lastChannel, int j, boolean isFirst) {
        int width = blocks.shape.columns().output();
        int channel = block.group * m;
        int pixel = block.first + j;
        int to = run.y.at(block.n, channel, pixel / width, pixel % width);
        int from = (j - block.main) * LANES;
        for (int i0 = firstChannel; i0 < lastChannel; i0 += mr) {
            for (int i = i0; i < Math.min(i0 + mr, lastChannel); i++) {
                int at = to + i * run.y.channel;
                run.yArray[at] = (isFirst ? bias[channel + i] : run.yArray[at]) + sums[from + i - i0];
            }
            from += FloatTailKernels.PIXELS * LANES;
        }
    }
}
