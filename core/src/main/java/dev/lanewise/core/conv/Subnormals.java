package dev.lanewise.core.conv;

import dev.lanewise.core.tensor.Tensor;

/** Numbers other than zero that are smaller than the smallest normal one, and have fewer bits for it. */
final class Subnormals {
    private Subnormals() {
    }

    /** A contiguous copy with a zero of the same sign for each subnormal element; integers are copied as they are. */
    static Tensor flushed(Tensor tensor) {
        Tensor copy = tensor.copy();
        switch (copy.dtype()) {
            case FLOAT32 -> flush(copy.floats());
            case FLOAT64 -> flush(copy.doubles());
            default -> {
                // no subnormals
            }
        }
        return copy;
    }

    private static void flush(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) < Float.MIN_NORMAL) {
                values[i] = Math.copySign(0, values[i]);
            }
        }
    }

    private static void flush(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) < Double.MIN_NORMAL) {
                values[i] = Math.copySign(0, values[i]);
            }
        }
    }
}
