package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.numerics.NumericsContract;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which algorithm computes a convolution: a pure function. */
final class AlgorithmSelector {
    /** What was chosen, and why. */
    record Choice(Algorithm algorithm, String reason) {
    }

    /** Taps from which the transposition of the results costs less than it gains (3x3 with 128 channels). */
    private static final int TRANSPOSE_PAYS = 1024;

    /** Vectors of output channels that pay for packing the pixels of a tile, with a tenth of the time at 4. */
    private static final int PACKING_PAYS = 8;

    /**
     * The same with 16 registers, where the direct algorithm packs pixels as well: with 16 vectors it takes from 6 % less (stride 2) to 19 % longer than
     * that, with 32 and more from 6 % less to 3 % longer.
     */
    private static final int PACKING_PAYS_16 = 24;

    /**
     * With a stride, and 32 registers, half of both pays: of every second pixel of 28x28 the direct algorithm takes 5 to 25 % longer with 4 vectors and 576 taps or
     * more, and up to 10 % less with 3 vectors or half as many taps (Zen 5).
     */
    private static final int STRIDE_PAYS = 2;

    /** The share of taps that meet padding, and may be skipped, from which fewer taps and channels will do. */
    private static final double SKIPPING_PAYS = 0.2;

    /** Pixels of a row up to which tiles of neighbouring pixels fit it better than vectors do. */
    private static final int SHORT_ROW = 16;

    private AlgorithmSelector() {
    }

    /**
     * Chooses.
     *
     * @param layout how x and y lie in memory
     * @param lanes the lanes of a vector of the shape's type
     * @param registers the vector registers
     * @param forced the name of an algorithm, or null
     * @throws IllegalArgumentException if the forced algorithm is unknown or cannot compute this shape in this layout
     */
    static Choice select(Conv2dShape shape, ImageLayout layout, int lanes, int registers,
            @Nullable String forced) {
        if (layout == ImageLayout.NHWC) {
            return forced == null ? selectNhwc(shape, lanes) : new Choice(checkedNhwc(parse(forced), shape), "forced");
        }
        return forced == null
                ? selectNchw(shape, lanes, registers)
                : new Choice(checked(parse(forced), shape), "forced");
    }

    private static Choice selectNhwc(Conv2dShape shape, int lanes) {
        boolean direct = FloatNhwcDirect.canCompute(shape);
        if (direct && isDepthwise(shape)) {
            return new Choice(Algorithm.DEPTHWISE, "one input and one output channel per group");
        }
        if (direct && shape.groups() > 1 && shape.groupOutputChannels() <= lanes / 2) {
            return new Choice(Algorithm.DIRECT, "lanes are output channels of several groups");
        }
        return FloatPointwise.canCompute(shape)
                ? new Choice(Algorithm.POINTWISE, "a 1x1 kernel multiplies x as it is")
                : new Choice(Algorithm.IM2COL_GEMM, "lanes are output channels, which lie side by side");
    }

    private static boolean isDepthwise(Conv2dShape shape) {
        return shape.groupInputChannels() == 1 && shape.groupOutputChannels() == 1;
    }

    private static Choice selectNchw(Conv2dShape shape, int lanes, int registers) {
        if (FloatDepthwise.canCompute(shape)) {
            return new Choice(Algorithm.DEPTHWISE, "one input channel per group, and a kernel of this size");
        }
        boolean oneTap = shape.rows().kernel() * shape.columns().kernel() == 1;
        if (oneTap && FloatPointwise.canCompute(shape) && shape.groupInputChannels() > 1) {
            return new Choice(Algorithm.POINTWISE, "a 1x1 kernel multiplies x as it is");
        }
        if (oneTap && shape.groupInputChannels() > 1) {
            return new Choice(Algorithm.IM2COL_GEMM, "with a 1x1 kernel im2col copies each pixel once");
        }
        Choice channels = FloatDirectChannels.canCompute(shape) ? directChannels(shape, lanes, registers) : null;
        if (channels != null) {
            return channels;
        }
        if (!FloatDirect.canCompute(shape)) {
            return new Choice(Algorithm.IM2COL_GEMM, "rows are too long to be kept");
        }
        if (pixelsComputed(shape, 1) > 1.15 && FloatDirect.copiesRowsAgain(shape)) {
            return new Choice(Algorithm.IM2COL_GEMM,
                    "rows are short against the padding between them, and most are copied more than once");
        }
        return new Choice(Algorithm.DIRECT, "x is read where it lies or copied once, not once per tap");
    }

    /** The direct algorithm with lanes that are channels, where that pays. */
    private static @Nullable Choice directChannels(Conv2dShape shape, int lanes, int registers) {
        int channelVectors = shape.groupOutputChannels() / lanes;
        if (channelVectors >= PACKING_PAYS / 2 && shape.taps() >= TRANSPOSE_PAYS / 2
                && paddedShare(shape) > SKIPPING_PAYS) {
            return new Choice(Algorithm.DIRECT_CHANNELS, "many taps meet padding, and tiles of pixels can skip them");
        }
        boolean smallImage = shape.columns().output() <= SHORT_ROW && pixelsComputed(shape, lanes) > 1.1;
        boolean isStrided = shape.columns().stride() > 1 && registers >= 32;
        int packingPays = isStrided ? PACKING_PAYS / STRIDE_PAYS : registers >= 32 ? PACKING_PAYS : PACKING_PAYS_16;
        int transposePays = isStrided ? TRANSPOSE_PAYS / STRIDE_PAYS : TRANSPOSE_PAYS;
        if (shape.taps() >= transposePays && channelVectors >= (smallImage ? 3 : packingPays)) {
            return new Choice(Algorithm.DIRECT_CHANNELS, "many channels and taps pay for packing tiles of pixels");
        }
        return null;
    }

    private static Algorithm checked(Algorithm algorithm, Conv2dShape shape) {
        boolean computes = switch (algorithm) {
            case DEPTHWISE -> FloatDepthwise.canCompute(shape);
            case POINTWISE -> FloatPointwise.canCompute(shape);
            default -> true;
        };
        if (!computes) {
            Conv2dAxis rows = shape.rows();
            Conv2dAxis columns = shape.columns();
            throw new IllegalArgumentException("algorithm " + algorithm + " cannot compute "
                    + shape.groupInputChannels() + " input channels per group with a kernel of " + rows.kernel() + "x"
                    + columns.kernel() + ", stride " + rows.stride() + "x" + columns.stride() + ", padding "
                    + rows.before() + "," + columns.before() + "," + rows.after() + "," + columns.after()
                    + " and dilation " + rows.dilation() + "x" + columns.dilation());
        }
        if (algorithm == Algorithm.DIRECT && !FloatDirect.canCompute(shape)
                || algorithm == Algorithm.DIRECT_CHANNELS && !FloatDirectChannels.canCompute(shape)) {
            throw new IllegalArgumentException("algorithm " + algorithm
                    + " keeps rows of the padded image and of results, and a place for each tap, which are too large here: "
                    + shape.rows().padded() + " x " + shape.columns().padded() + " pixels, and "
                    + shape.groupInputChannels() + " channels of " + shape.rows().kernel() + " x "
                    + shape.columns().kernel() + " taps");
        }
        return algorithm;
    }

    private static Algorithm checkedNhwc(Algorithm algorithm, Conv2dShape shape) {
        switch (algorithm) {
            case DIRECT_CHANNELS -> throw new IllegalArgumentException(
                    "algorithm DIRECT_CHANNELS computes NCHW, not NHWC");
            case DEPTHWISE, DIRECT -> checkNhwcDirect(algorithm, shape);
            case POINTWISE, IM2COL_GEMM, PLAIN -> checked(algorithm, shape);
        }
        return algorithm;
    }

    private static void checkNhwcDirect(Algorithm algorithm, Conv2dShape shape) {
        if (algorithm == Algorithm.DEPTHWISE && !isDepthwise(shape)) {
            throw new IllegalArgumentException("algorithm DEPTHWISE computes one input and one output channel per group"
                    + " in NHWC, not " + shape.groupInputChannels() + " and " + shape.groupOutputChannels());
        }
        if (shape.taps() > NumericsContract.KC) {
            throw new IllegalArgumentException("algorithm " + algorithm + " computes at most " + NumericsContract.KC
                    + " taps in NHWC, not " + shape.taps());
        }
        if (!FloatNhwcDirect.canCompute(shape)) {
            throw new IllegalArgumentException("algorithm " + algorithm + " keeps the padded rows that a kernel spans,"
                    + " which are too large here: " + shape.rows().span() + " x " + shape.columns().padded()
                    + " pixels");
        }
    }

    /** The share of taps that meet padding. */
    private static double paddedShare(Conv2dShape shape) {
        return 1 - TapRange.insideShare(shape.rows()) * TapRange.insideShare(shape.columns());
    }

    /** What the direct algorithm computes in whole vectors along padded rows, as a multiple of the output's pixels. */
    private static double pixelsComputed(Conv2dShape shape, int lanes) {
        int run = (shape.rows().output() - 1) * new PhasedImage(shape, 0).ld + shape.columns().output();
        return (double) Math.ceilDiv(run, lanes) * lanes / shape.outputPixels();
    }

    private static Algorithm parse(String forced) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().equals(forced)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException(
                "unknown algorithm " + forced + ", expected one of " + Arrays.toString(Algorithm.values()));
    }
}
