package dev.lanewise.bench.peers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a message in protobuf's wire format, the three kinds of fields that an ONNX model needs. */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds an integer. */
    Protobuf add(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /** Adds a string. */
    Protobuf add(int field, String value) {
        return add(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message. */
    Protobuf add(int field, Protobuf message) {
        return add(field, message.toBytes());
    }

    /** Adds bytes. */
    Protobuf add(int field, byte[] value) {
        varint((long) field << 3 | BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
