package dev.lanewise.core.npy;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;

/**
 * What a file says about its array.
 *
 * @param dtype the element type
 * @param fortranOrder whether the first index runs fastest, not the last
 * @param shape the sizes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NpyHeader(DType dtype, boolean fortranOrder, int[] shape) {
    /** NumPy leaves room to write a longer first size of up to this many digits in place. */
    private static final int GROWTH_DIGITS = 21;

    /** The strides that fit the order, in elements. */
    int[] strides() {
        if (!fortranOrder) {
            return Shapes.contiguousStrides(shape);
        }
        return reversed(Shapes.contiguousStrides(reversed(shape)));
    }

    private static int[] reversed(int[] values) {
        int[] reversed = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /**
     * The number of elements.
     *
     * @throws IllegalArgumentException if there are more than 2^31-1
     */
    int numel() {
        return Shapes.numel(shape);
    }

    /** The size of the data. */
    long dataBytes() {
        return (long) numel() * dtype.bytes();
    }

    /** Type and shape, for messages. */
    String describe() {
        return dtype.label() + Shapes.format(shape);
    }

    /** The header's text as NumPy writes it, without the padding in front of the data. */
    String format() {
        StringBuilder text = new StringBuilder("{'descr': '").append(NpyTypes.descr(dtype))
                .append("', 'fortran_order': ")
                .append(fortranOrder ? "True" : "False").append(", 'shape': (");
        for (int axis = 0; axis < shape.length; axis++) {
            text.append(axis == 0 ? "" : " ").append(shape[axis])
                    .append(axis == shape.length - 1 && axis > 0 ? "" : ",");
        }
        text.append("), }");
        if (shape.length > 0) {
            int growing = fortranOrder ? shape[shape.length - 1] : shape[0];
            text.repeat(' ', GROWTH_DIGITS - Integer.toString(growing).length());
        }
        return text.toString();
    }
}
