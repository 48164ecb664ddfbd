package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;

/**
 * SciPy's {@code convolve2d} and {@code correlate2d}: one image, one kernel, no channels; float32, float64 and integers.
 *
 * <p>{@link #convolve2d} is a convolution in the mathematical sense. It differs from PyTorch's {@link Conv2d} in this:
 * <pre>
 * conv2d      y[p, q] = sum over r, s of x[p + r, q + s] * kernel[r, s]     the kernel as it is: a cross-correlation
 * convolve2d  y[p, q] = sum over r, s of x[p - r, q - s] * kernel[r, s]     the kernel flipped on both axes
 * and conv2d pads only what it is told, while 'full', the default here, returns every pixel that the kernel touches.
 * </pre>
 *
 * <p>By definition it pads the image explicitly, flips the kernel, and runs conv2d on the provider that was chosen.
 */
public final class Convolve2d {
    private Convolve2d() {
    }

    /** The valid part of a convolution with a kernel that is no larger than the image: the definition, and nothing else. */
    public static Tensor convo2d(Tensor image, Tensor kernel) {
        checkRank("convo2d", image, kernel);
        if (kernel.size(0) > image.size(0) || kernel.size(1) > image.size(1)) {
            throw new IllegalArgumentException("kernel of size " + Shapes.format(kernel.shape())
                    + " can't be greater than image of size " + Shapes.format(image.shape()));
        }
        return convolve2d(image, kernel, ConvolveMode.VALID);
    }

    /** {@link #convolve2d(Tensor, Tensor, ConvolveMode, ConvolveBoundary, double)}, full, with zeros around the image. */
    public static Tensor convolve2d(Tensor image, Tensor kernel) {
        return convolve2d(image, kernel, ConvolveMode.FULL);
    }

    /** {@link #convolve2d(Tensor, Tensor, ConvolveMode, ConvolveBoundary, double)} with zeros around the image. */
    public static Tensor convolve2d(Tensor image, Tensor kernel, ConvolveMode mode) {
        return convolve2d(image, kernel, mode, ConvolveBoundary.FILL, 0);
    }

    /**
     * Convolves an image with a kernel. In mode VALID the larger of the two, on both axes, counts as the image.
     *
     * @param image [H, W]
     * @param kernel [M, N], of the image's type, of any size
     * @param fillValue what lies around the image with FILL; must fit the type
     * @return a new tensor whose shape the mode sets
     * @throws IllegalArgumentException if the tensors have other than two axes, different types or type bool, if in mode VALID neither
     *         is as large as the other on both axes, or if an image without pixels is to be wrapped or mirrored
     */
    public static Tensor convolve2d(Tensor image, Tensor kernel, ConvolveMode mode, ConvolveBoundary boundary,
            double fillValue) {
        check("convolve2d", image, kernel);
        return swaps(mode, image, kernel)
                ? apply(kernel, image, true, mode, boundary, fillValue)
                : apply(image, kernel, true, mode, boundary, fillValue);
    }

    /** {@link #correlate2d(Tensor, Tensor, ConvolveMode, ConvolveBoundary, double)}, full, with zeros around the image. */
    public static Tensor correlate2d(Tensor image, Tensor kernel) {
        return correlate2d(image, kernel, ConvolveMode.FULL);
    }

    /** {@link #correlate2d(Tensor, Tensor, ConvolveMode, ConvolveBoundary, double)} with zeros around the image. */
    public static Tensor correlate2d(Tensor image, Tensor kernel, ConvolveMode mode) {
        return correlate2d(image, kernel, mode, ConvolveBoundary.FILL, 0);
    }

    /**
     * Correlates an image with a kernel, which is not flipped; arguments and errors as for convolve2d.
     *
     * <p>Swapped operands, in mode VALID, give the result with both axes backwards.
     */
    public static Tensor correlate2d(Tensor image, Tensor kernel, ConvolveMode mode, ConvolveBoundary boundary,
            double fillValue) {
        check("correlate2d", image, kernel);
        return swaps(mode, image, kernel)
                ? ConvolveOperand.reversed(apply(kernel, image, false, mode, boundary, fillValue))
                : apply(image, kernel, false, mode, boundary, fillValue);
    }

    private static void check(String function, Tensor image, Tensor kernel) {
        checkRank(function, image, kernel);
        if (image.dtype() != kernel.dtype()) {
            throw new IllegalArgumentException(
                    function + " inputs must have one type, but got " + image + " and " + kernel);
        }
        if (image.dtype() == DType.BOOL) {
            throw new IllegalArgumentException(function + " not available for this type.");
        }
    }

    private static void checkRank(String function, Tensor image, Tensor kernel) {
        if (image.rank() != 2 || kernel.rank() != 2) {
            throw new IllegalArgumentException(function + " inputs must both be 2-D arrays");
        }
    }

    private static boolean swaps(ConvolveMode mode, Tensor image, Tensor kernel) {
        if (mode != ConvolveMode.VALID || covers(image, kernel)) {
            return false;
        }
        if (!covers(kernel, image)) {
            throw new IllegalArgumentException(
                    "For 'valid' mode, one must be at least as large as the other in every dimension");
        }
        return true;
    }

    private static boolean covers(Tensor large, Tensor small) {
        return large.size(0) >= small.size(0) && large.size(1) >= small.size(1);
    }

    /** Pads so that conv2d returns the part that the mode asks for. */
    private static Tensor apply(Tensor image, Tensor kernel, boolean flip, ConvolveMode mode, ConvolveBoundary boundary,
            double fillValue) {
        int[] size = new int[2];
        int[] padded = new int[2];
        int[] before = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int taps = kernel.size(axis);
            size[axis] = outputSize(mode, image.size(axis), taps);
            padded[axis] = checked((long) size[axis] + Math.max(taps, 1) - 1);
            before[axis] = switch (mode) {
                case FULL -> taps - 1;
                case SAME -> flip ? taps / 2 : (taps - 1) / 2;
                case VALID -> 0;
            };
        }
        Shapes.numel(padded); // what would be too large is told before anything is allocated
        if (Shapes.numel(size) == 0 || kernel.numel() == 0) { // no taps, no sum
            return Tensor.zeros(image.dtype(), size);
        }
        Tensor x = ConvolveOperand.padded(image, before, padded, boundary, fillValue);
        Tensor weight = flip ? ConvolveOperand.reversed(kernel) : kernel;
        return Conv2d.apply(x.unsqueeze(0), weight.unsqueeze(0).unsqueeze(0), null, Conv2dSpec.DEFAULT).squeeze(0);
    }

    private static int outputSize(ConvolveMode mode, int image, int kernel) {
        long size = switch (mode) {
            case FULL -> (long) image + kernel - 1;
            case SAME -> image;
            case VALID -> (long) image - kernel + 1;
        };
        if (size < 0) {
            throw new IllegalArgumentException("negative dimensions are not allowed");
        }
        return checked(size);
    }

    private static int checked(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an axis of " + size + " pixels has more than 2147483647 pixels");
        }
        return (int) size;
    }
}
