package dev.lanewise.core.npy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * What lies in front of the data: six bytes of magic, two of version, the header's length in two or four bytes, the header.
 *
 * @param header what the header says
 * @param bytes how long all of this is, in bytes
 */
record NpyPreamble(NpyHeader header, long bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** NumPy aligns the data to this many bytes. */
    private static final int ALIGNMENT = 64;
    /** A header is some hundred bytes long; one of this length describes no array that a Java array could hold. */
    private static final int MAX_HEADER = 1 << 20;

    static NpyPreamble read(ReadableByteChannel in, long size) throws IOException {
        if (size < MAGIC.length + 4) {
            throw new IllegalArgumentException("not a .npy file, only " + size + " bytes long");
        }
        ByteBuffer start = read(in, MAGIC.length + 4);
        for (byte expected : MAGIC) {
            if (start.get() != expected) {
                throw new IllegalArgumentException("not a .npy file, it does not begin with \\x93NUMPY");
            }
        }
        int major = Byte.toUnsignedInt(start.get());
        int minor = Byte.toUnsignedInt(start.get());
        if (major < 1 || major > 3 || minor != 0) {
            throw new IllegalArgumentException(
                    "unsupported .npy version " + major + "." + minor + ", expected 1.0, 2.0 or 3.0");
        }
        long length = Short.toUnsignedLong(start.getShort());
        long prefix = start.capacity();
        if (major > 1) { // four bytes of length, of which two are read
            prefix += 2;
            if (size < prefix) {
                throw new IllegalArgumentException("truncated header: the file is only " + size + " bytes long");
            }
            length |= Short.toUnsignedLong(read(in, 2).getShort()) << 16;
        }
        if (length > size - prefix) {
            throw new IllegalArgumentException(
                    "truncated header: its length is " + length + " bytes, but only " + (size - prefix) + " are there");
        }
        if (length > MAX_HEADER) {
            throw new IllegalArgumentException(
                    "too long a header: its length is " + length + " bytes, at most " + MAX_HEADER + " are read");
        }
        byte[] text = read(in, (int) length).array();
        NpyHeader header = NpyHeaderParser
                .parse(new String(text, major < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        return new NpyPreamble(header, prefix + length);
    }

    private static ByteBuffer read(ReadableByteChannel in, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    /** Version 1, or version 2 where the header is longer than 65535 bytes. */
    static void write(WritableByteChannel out, NpyHeader header) throws IOException {
        byte[] text = header.format().getBytes(StandardCharsets.ISO_8859_1);
        int shortPrefix = MAGIC.length + 4;
        boolean fits = paddedLength(shortPrefix, text) <= 0xffff;
        int prefix = fits ? shortPrefix : shortPrefix + 2;
        int length = paddedLength(prefix, text);
        ByteBuffer buffer = ByteBuffer.allocate(prefix + length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) (fits ? 1 : 2)).put((byte) 0);
        if (fits) {
            buffer.putShort((short) length);
        } else {
            buffer.putInt(length);
        }
        buffer.put(text);
        while (buffer.remaining() > 1) {
            buffer.put((byte) ' ');
        }
        buffer.put((byte) '\n').flip();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /** Spaces and a line break fill up to the alignment: like NumPy, a whole 64 spaces where none would be needed. */
    private static int paddedLength(int prefix, byte[] text) {
        int end = prefix + text.length + 1;
        return end + ALIGNMENT - end % ALIGNMENT - prefix;
    }
}
