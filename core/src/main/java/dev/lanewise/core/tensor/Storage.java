package dev.lanewise.core.tensor;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The flat array that all views of a tensor share, with a version that rises with every write.
 *
 * <p>Elements can be read and written as {@code double} or as {@code long}; each class converts as a Java cast does (floats
 * truncate toward zero, integers wrap, bool is {@code value != 0}). Code that needs speed takes the array itself.
 */
public abstract sealed class Storage {
    private final DType dtype;
    private final AtomicInteger version = new AtomicInteger();

    private Storage(DType dtype) {
        this.dtype = dtype;
    }

    /** Wraps the array without a copy; {@code dtype} must be a type that lives in such an array. */
    static Storage wrap(DType dtype, Object array) {
        return switch (dtype) {
            case FLOAT64 -> new Doubles((double[]) array);
            case FLOAT32 -> new Floats((float[]) array);
            case INT64 -> new Longs((long[]) array);
            case INT32 -> new Ints((int[]) array);
            case INT8, UINT8 -> new Bytes(dtype, (byte[]) array);
            case BOOL -> new Booleans((boolean[]) array);
        };
    }

    /** A new array of {@code length} zeros. */
    static Storage allocate(DType dtype, int length) {
        return wrap(dtype, switch (dtype) {
            case FLOAT64 -> new double[length];
            case FLOAT32 -> new float[length];
            case INT64 -> new long[length];
            case INT32 -> new int[length];
            case INT8, UINT8 -> new byte[length];
            case BOOL -> new boolean[length];
        });
    }

    /** The element type. */
    public final DType dtype() {
        return dtype;
    }

    /** How often this storage was written through the library, or by {@link #markModified}. */
    public final int version() {
        return version.get();
    }

    /** Tells plans and layers that keep something derived from the array that the array was written. */
    public final void markModified() {
        version.incrementAndGet();
    }

    /** The array itself: {@code float[]}, {@code double[]}, {@code byte[]}, {@code int[]}, {@code long[]} or {@code boolean[]}. */
    public abstract Object array();

    /** The array's length in elements. */
    public abstract int length();

    /** Element {@code i} of the array as a {@code double}. */
    public abstract double getDouble(int i);

    /** Element {@code i} of the array as a {@code long}. */
    public abstract long getLong(int i);

    /** Sets element {@code i} of the array; does not raise the version. */
    public abstract void setDouble(int i, double value);

    /** Sets element {@code i} of the array; does not raise the version. */
    public abstract void setLong(int i, long value);

    private static final class Doubles extends Storage {
        private final double[] array;

        Doubles(double[] array) {
            super(DType.FLOAT64);
            this.array = array;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double getDouble(int i) {
            return array[i];
        }

        @Override
        public long getLong(int i) {
            return (long) array[i];
        }

        @Override
        public void setDouble(int i, double value) {
            array[i] = value;
        }

        @Override
        public void setLong(int i, long value) {
            array[i] = value;
        }
    }

    private static final class Floats extends Storage {
        private final float[] array;

        Floats(float[] array) {
            super(DType.FLOAT32);
            this.array = array;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double getDouble(int i) {
            return array[i];
        }

        @Override
        public long getLong(int i) {
            return (long) array[i];
        }

        @Override
        public void setDouble(int i, double value) {
            array[i] = (float) value;
        }

        @Override
        public void setLong(int i, long value) {
            array[i] = value;
        }
    }

    private static final class Longs extends Storage {
        private final long[] array;

        Longs(long[] array) {
            super(DType.INT64);
            this.array = array;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double getDouble(int i) {
            return array[i];
        }

        @Override
        public long getLong(int i) {
            return array[i];
        }

        @Override
        public void setDouble(int i, double value) {
            array[i] = (long) value;
        }

        @Override
        public void setLong(int i, long value) {
            array[i] = value;
        }
    }

    private static final class Ints extends Storage {
        private final int[] array;

        Ints(int[] array) {
            super(DType.INT32);
            this.array = array;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double getDouble(int i) {
            return array[i];
        }

        @Override
        public long getLong(int i) {
            return array[i];
        }

        @Override
        public void setDouble(int i, double value) {
            array[i] = (int) value;
        }

        @Override
        public void setLong(int i, long value) {
            array[i] = (int) value;
        }
    }

    private static final class Bytes extends Storage {
        private final byte[] array;
        private final int mask;

        Bytes(DType dtype, byte[] array) {
            super(dtype);
            this.array = array;
            this.mask = dtype == DType.UINT8 ? 0xff : -1;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double getDouble(int i) {
            return array[i] & mask;
        }

        @Override
        public long getLong(int i) {
            return array[i] & mask;
        }

        @Override
        public void setDouble(int i, double value) {
            array[i] = (byte) (long) value;
        }

        @Override
        public void setLong(int i, long value) {
            array[i] = (byte) value;
        }
    }

    private static final class Booleans extends Storage {
        private final boolean[] array;

        Booleans(boolean[] array) {
            super(DType.BOOL);
            this.array = array;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double getDouble(int i) {
            return array[i] ? 1 : 0;
        }

        @Override
        public long getLong(int i) {
            return array[i] ? 1 : 0;
        }

        @Override
        public void setDouble(int i, double value) {
            array[i] = value != 0;
        }

        @Override
        public void setLong(int i, long value) {
            array[i] = value != 0;
        }
    }
}
