package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;

/** The copies that {@link Convolve2d} hands to conv2d: a padded image, a flipped kernel. */
final class ConvolveOperand {
    private ConvolveOperand() {
    }

    /**
     * The image with the world around it.
     *
     * @param image [H, W]
     * @param before rows above and columns left
     * @param size of the result
     */
    static Tensor padded(Tensor image, int[] before, int[] size, ConvolveBoundary boundary, double fillValue) {
        if (image.numel() == 0 && boundary != ConvolveBoundary.FILL) {
            throw new IllegalArgumentException("an image of size " + Shapes.format(image.shape())
                    + " has no pixels to continue it with; use the boundary 'fill'");
        }
        Tensor result = Tensor.zeros(image.dtype(), size);
        int[] rows = sources(boundary, before[0], size[0], image.size(0));
        int[] columns = sources(boundary, before[1], size[1], image.size(1));
        if (boundary == ConvolveBoundary.FILL) {
            fill(result, fillValue);
        }
        int target = 0;
        for (int row : rows) {
            for (int column : columns) {
                if (row != ConvolveBoundary.OUTSIDE && column != ConvolveBoundary.OUTSIDE) {
                    copy(image, image.offset() + row * image.stride(0) + column * image.stride(1), result, target);
                }
                target++;
            }
        }
        result.markModified();
        return result;
    }

    private static int[] sources(ConvolveBoundary boundary, int before, int padded, int size) {
        int[] sources = new int[padded];
        for (int i = 0; i < padded; i++) {
            sources[i] = boundary.source(i - before, size);
        }
        return sources;
    }

    private static void fill(Tensor tensor, double value) {
        Storage storage = tensor.storage();
        for (int i = 0; i < tensor.numel(); i++) {
            storage.setDouble(i, value);
        }
        DType dtype = tensor.dtype();
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        if (!dtype.isFloatingPoint() && storage.getDouble(0) != whole) {
            throw new IllegalArgumentException("could not cast `fillvalue` " + value + " to " + dtype.label());
        }
    }

    /** A contiguous copy with all axes backwards. */
    static Tensor reversed(Tensor tensor) {
        Tensor result = Tensor.zeros(tensor.dtype(), tensor.shape());
        int target = result.numel();
        for (Positions at = tensor.positions(); at.hasNext();) {
            copy(tensor, at.next(), result, --target);
        }
        result.markModified();
        return result;
    }

    private static void copy(Tensor from, int position, Tensor to, int target) {
        if (from.dtype().isFloatingPoint()) {
            to.storage().setDouble(target, from.storage().getDouble(position));
        } else {
            to.storage().setLong(target, from.storage().getLong(position));
        }
    }
}
