package dev.lanewise.core.npy;

import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes {@code .npy} files: {@code numpy.load} and {@code numpy.save}.
 *
 * <pre>{@code
 * Tensor x = Npy.read(Path.of("x.npy"));
 * Npy.write(Path.of("y.npy"), y);
 * }</pre>
 *
 * <p>Format versions 1 to 3, little-endian, in C or Fortran order, of every {@link dev.lanewise.core.tensor.DType}. What a file
 * claims is compared with its size before memory is allocated for it.
 */
public final class Npy {
    private Npy() {
    }

    /**
     * The array of a file. An array in Fortran order becomes a tensor of the same shape whose first axis has stride 1.
     *
     * @throws IllegalArgumentException if the content is not a whole {@code .npy} file of a supported type; the message ends with the path
     * @throws IOException if the file cannot be read
     */
    public static Tensor read(Path path) throws IOException {
        try {
            if (!Files.isRegularFile(path)) { // a pipe does not say how much will come
                try (InputStream in = Files.newInputStream(path)) {
                    return read(in);
                }
            }
            try (FileChannel file = FileChannel.open(path)) {
                return read(file, file.size());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ": " + path, e);
        }
    }

    /**
     * The array of a stream, which is read to its end first.
     *
     * @throws IllegalArgumentException if the content is not a whole {@code .npy} file of a supported type
     * @throws IOException if the stream cannot be read
     */
    public static Tensor read(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        return read(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length);
    }

    private static Tensor read(ReadableByteChannel in, long size) throws IOException {
        NpyPreamble preamble = NpyPreamble.read(in, size);
        NpyHeader header = preamble.header();
        long needed = header.dataBytes();
        long found = size - preamble.bytes();
        if (needed != found) {
            throw new IllegalArgumentException((needed > found ? "truncated data: " : "bytes behind the data: ")
                    + header.describe() + " needs " + needed
                    + " bytes, but " + found + " follow the header");
        }
        Tensor elements = Tensor.zeros(header.dtype(), Math.toIntExact(header.numel()));
        NpyData.read(in, elements.storage());
        return Tensor.strided(header.dtype(), elements.storage().array(), 0, header.shape(), header.strides());
    }

    /**
     * Writes a tensor of any strides in C order, byte for byte as NumPy does; every NaN becomes the canonical one.
     *
     * <p>The file is replaced whole or not at all: a new one is written beside it and then takes its place.
     *
     * @throws IOException if the file cannot be written; what was there is still there then
     */
    public static void write(Path path, Tensor tensor) throws IOException {
        WholeFile.write(path, file -> write(file, tensor));
    }

    /**
     * Writes a tensor to a stream, as {@link #write(Path, Tensor)} does to a file. The stream stays open.
     *
     * @throws IOException if the stream cannot be written
     */
    public static void write(OutputStream out, Tensor tensor) throws IOException {
        write(Channels.newChannel(out), tensor);
    }

    private static void write(WritableByteChannel out, Tensor tensor) throws IOException {
        NpyPreamble.write(out, new NpyHeader(tensor.dtype(), false, tensor.shape()));
        NpyData.write(out, tensor.contiguous());
    }
}
