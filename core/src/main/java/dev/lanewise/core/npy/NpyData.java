package dev.lanewise.core.npy;

import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** The elements, little-endian and without gaps, between a channel and an array; a chunk at a time. */
final class NpyData {
    private static final int CHUNK_BYTES = 1 << 16;

    private NpyData() {
    }

    /** Fills the storage's array. */
    static void read(ReadableByteChannel in, Storage storage) throws IOException {
        int elementBytes = storage.dtype().bytes();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < storage.length();) {
            int count = Math.min(storage.length() - start, CHUNK_BYTES / elementBytes);
            chunk.clear().limit(count * elementBytes);
            while (chunk.hasRemaining()) {
                if (in.read(chunk) < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
            }
            get(chunk.flip(), storage.array(), start, count);
            start += count;
        }
    }

    private static void get(ByteBuffer chunk, Object array, int start, int count) {
        switch (array) {
            case float[] floats -> chunk.asFloatBuffer().get(floats, start, count);
            case double[] doubles -> chunk.asDoubleBuffer().get(doubles, start, count);
            case int[] ints -> chunk.asIntBuffer().get(ints, start, count);
            case long[] longs -> chunk.asLongBuffer().get(longs, start, count);
            case byte[] bytes -> chunk.get(bytes, start, count);
            case boolean[] booleans -> {
                for (int i = start; i < start + count; i++) {
                    booleans[i] = chunk.get() != 0;
                }
            }
            default -> throw new AssertionError(array.getClass());
        }
    }

    /** Writes the elements of a contiguous tensor. */
    static void write(WritableByteChannel out, Tensor tensor) throws IOException {
        int elementBytes = tensor.dtype().bytes();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < tensor.numel();) {
            int count = Math.min(tensor.numel() - done, CHUNK_BYTES / elementBytes);
            put(chunk.clear(), tensor.storage().array(), tensor.offset() + done, count);
            chunk.position(0).limit(count * elementBytes);
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
            done += count;
        }
    }

    private static void put(ByteBuffer chunk, Object array, int start, int count) {
        switch (array) {
            case float[] floats -> {
                for (int i = 0; i < count; i++) {
                    chunk.putInt(i * Float.BYTES, Float.floatToIntBits(floats[start + i])); // one NaN, as the bits of NaNs differ between JIT tiers
                }
            }
            case double[] doubles -> {
                for (int i = 0; i < count; i++) {
                    chunk.putLong(i * Double.BYTES, Double.doubleToLongBits(doubles[start + i]));
                }
            }
            case int[] ints -> chunk.asIntBuffer().put(ints, start, count);
            case long[] longs -> chunk.asLongBuffer().put(longs, start, count);
            case byte[] bytes -> chunk.put(bytes, start, count);
            case boolean[] booleans -> {
                for (int i = 0; i < count; i++) {
                    chunk.put(i, (byte) (booleans[start + i] ? 1 : 0));
                }
            }
            default -> throw new AssertionError(array.getClass());
        }
    }
}
