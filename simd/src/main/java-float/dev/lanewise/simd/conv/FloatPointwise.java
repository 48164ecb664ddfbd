package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.gemm.FloatPackedA;
import dev.lanewise.simd.gemm.FloatPackedB;
import dev.lanewise.simd.gemm.FloatPanels;
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
    private final Conv2dShape shape;
    private final FloatPointwiseBlocks blocks;
    private final FloatEpilogue epilogue;
    private final float[] packedWeights;
    private final float[] bias;
    private final boolean isPacked;

    FloatPointwise(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, FloatEpilogue epilogue) {
        this(shape,
                FloatPackedA.packGroups(weight, shape.groups(), shape.groupOutputChannels(), shape.taps(),
                        FloatPointwiseBlocks.panelRows(shape), VectorEnvironment.FLOAT_SPECIES.length()),
                bias == null ? new float[shape.outputChannels()] : bias.copy().floats(), epilogue);
    }

    private FloatPointwise(Conv2dShape shape, float[] packedWeights, float[] bias, FloatEpilogue epilogue) {
        this.shape = shape;
        this.blocks = new FloatPointwiseBlocks(shape);
        this.epilogue = epilogue;
        this.packedWeights = packedWeights;
        this.bias = bias;
        this.isPacked = FloatPixelPacking.pays(shape);
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
        int packed = isPacked ? FloatPanels.LENGTH : 0;
        int tile = RegisterTile.ROWS * FloatPixelTile.LD;
        return (long) Float.BYTES * (blocks.copyLength() + packed + tile + FloatPointwiseTail.SUMS);
    }

    private final class Run extends FloatRun {
        private final FloatPointwiseTiles[] tiles;
        private final int panelsOfTask;
        private final int parts;

        Run(int parallelism) {
            super(epilogue);
            tiles = new FloatPointwiseTiles[parallelism];
            for (int i = 0; i < parallelism; i++) {
                tiles[i] = new FloatPointwiseTiles(blocks, packedWeights, bias, isPacked, this);
            }
            int all = Math.max(shape.batch() * shape.groups() * blocks.count, 1);
            int wanted = parallelism == 1 ? 1 : Math.ceilDiv(4 * parallelism, all);
            panelsOfTask = Math.ceilDiv(blocks.panels, Math.clamp(wanted, 1, blocks.panels));
            parts = Math.ceilDiv(blocks.panels, panelsOfTask);
        }

        @Override
        int tasks() {
            return shape.batch() * shape.groups() * blocks.count * parts;
        }

        /** Some panels of output channels of one group, for a block of pixels of one image. */
        @Override
        public void run(int index, int worker) {
            int firstPanel = index % parts * panelsOfTask;
            int block = index / parts;
            int first = block % blocks.count * blocks.pixels;
            int group = block / blocks.count % shape.groups();
            int n = block / blocks.count / shape.groups();
            FloatPointwiseTiles own = tiles[worker];
            own.take(block, n, group, first);
            try {
                own.compute(firstPanel, Math.min(firstPanel + panelsOfTask, blocks.panels));
            } finally {
                own.release();
            }
        }
    }
}
