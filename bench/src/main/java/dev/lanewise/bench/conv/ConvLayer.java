package dev.lanewise.bench.conv;

import dev.lanewise.core.conv.Conv2dSpec;

/**
 * A convolution with square kernel and the same stride, padding and dilation on both axes.
 *
 * @param batch N
 * @param inputChannels Cin
 * @param height H
 * @param width W
 * @param outputChannels Cout
 * @param kernel R and S
 * @param stride pixels between two outputs
 * @param padding pixels on each side
 * @param dilation pixels between two taps
 * @param groups the number of groups
 */
public record ConvLayer(int batch, int inputChannels, int height, int width, int outputChannels, int kernel, int stride,
        int padding, int dilation, int groups) {
    private static final int VALUES = 10;
    /** Below so many taps in all a convolution is {@link Group#TINY}. */
    private static final int TINY = 10_000;

    /** What is averaged together. */
    public enum Group {
        /** One group. */
        DENSE,
        /** Several groups, depthwise among them. */
        GROUPED,
        /** So little work that the call itself counts. */
        TINY
    }

    /**
     * Reads {@code N,Cin,H,W,Cout,kernel,stride,padding,dilation,groups}.
     *
     * @throws IllegalArgumentException if it is not that
     */
    public static ConvLayer parse(String text) {
        String[] parts = text.strip().split(",", -1);
        if (parts.length != VALUES) {
            throw new IllegalArgumentException("layer '" + text + "' has " + parts.length
                    + " values, expected 10: N,Cin,H,W,Cout,kernel,stride,padding,dilation,groups");
        }
        int[] v = new int[VALUES];
        for (int i = 0; i < VALUES; i++) {
            try {
                v[i] = Integer.parseInt(parts[i].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("layer '" + text + "': '" + parts[i] + "' is not an integer", e);
            }
        }
        return new ConvLayer(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
    }

    /** The values as {@link #parse} reads them. */
    public String name() {
        return batch + "," + inputChannels + "," + height + "," + width + "," + outputChannels + "," + kernel + ","
                + stride + "," + padding + "," + dilation + "," + groups;
    }

    /** What {@code conv2d} takes beside the tensors. */
    public Conv2dSpec spec() {
        return Conv2dSpec.DEFAULT.withStride(stride).withPadding(padding).withDilation(dilation).withGroups(groups);
    }

    /** The shape of x. */
    public int[] inputShape() {
        return new int[] {batch, inputChannels, height, width};
    }

    /** The shape of the weight. */
    public int[] weightShape() {
        return new int[] {outputChannels, inputChannels / groups, kernel, kernel};
    }

    /** What it is averaged with. */
    public Group group() {
        long taps = (long) batch * outputChannels * (height / stride) * (width / stride) * inputChannels / groups
                * kernel * kernel;
        if (taps < TINY) {
            return Group.TINY;
        }
        return groups == 1 ? Group.DENSE : Group.GROUPED;
    }
}
