package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Locale;

/**
 * The order of the axes of images in memory, from the slowest to the fastest. A tensor's own axes stay {@code [N, C, H, W]} in each, as with
 * PyTorch's memory formats: only the strides differ.
 */
public enum ImageLayout {
    /** One plane per channel: what PyTorch calls contiguous. */
    NCHW,
    /** All channels of a pixel side by side: what PyTorch calls channels last. */
    NHWC;

    /** The name in small letters, as on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The layout with this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ImageLayout parse(String label) {
        for (ImageLayout layout : values()) {
            if (layout.label().equals(label)) {
                return layout;
            }
        }
        throw new IllegalArgumentException("unknown layout '" + label + "', expected nchw or nhwc");
    }

    /**
     * New images, full of zeros.
     *
     * @param shape [N, C, H, W] or [C, H, W]
     * @throws IllegalArgumentException if there are more or fewer axes, a size is negative or they make more elements than an array takes
     */
    public Tensor zeros(DType dtype, int... shape) {
        int axes = shape.length;
        if (axes != 3 && axes != 4) {
            throw new IllegalArgumentException("images have 3 or 4 axes, not " + axes);
        }
        if (this == NCHW) {
            return Tensor.zeros(dtype, shape);
        }
        int[] inMemory = shape.clone();
        inMemory[axes - 3] = shape[axes - 2];
        inMemory[axes - 2] = shape[axes - 1];
        inMemory[axes - 1] = shape[axes - 3];
        Tensor images = Tensor.zeros(dtype, inMemory);
        return axes == 4 ? images.permute(0, 3, 1, 2) : images.permute(2, 0, 1);
    }

    /**
     * A copy of images.
     *
     * @param images [N, C, H, W] or [C, H, W], of any strides
     * @throws IllegalArgumentException if there are more or fewer axes
     */
    public Tensor copy(Tensor images) {
        Tensor copy = zeros(images.dtype(), images.shape());
        copy.copyFrom(images);
        return copy;
    }
}
