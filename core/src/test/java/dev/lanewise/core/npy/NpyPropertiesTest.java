package dev.lanewise.core.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NpyPropertiesTest {
    private static final int PREFIX_BYTES = 10;

    @Property
    void whatWasWrittenIsRead(@ForAll("tensors") Tensor x) throws IOException {
        assertSame(x, read(write(x)));
    }

    @Property
    void fortranOrderIsTheTransposedTensor(@ForAll("tensors") Tensor x) throws IOException {
        assertSame(reversed(x), read(asFortran(write(x), x)));
    }

    /** Every file is refused as soon as a byte is missing, in the way that bad content is. */
    @Property
    void prefixesAreRefused(@ForAll("tensors") Tensor x, @ForAll Random random) throws IOException {
        byte[] bytes = write(x);

        assertThrows(IllegalArgumentException.class, () -> read(Arrays.copyOf(bytes, random.nextInt(bytes.length))));
    }

    /** A header with a wrong byte is refused or read, but nothing else happens: no other exception, no huge allocation. */
    @Property(tries = 2000)
    void damagedHeadersAreReadOrRefused(@ForAll("tensors") Tensor x, @ForAll Random random) throws IOException {
        byte[] bytes = write(x);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(PREFIX_BYTES + 54 + 3 * x.rank())] = (byte) (random.nextBoolean()
                    ? random.nextInt()
                    : ",()'0123456789 <|"
                            .charAt(random.nextInt(17)));
        }
        try {
            assertEquals((long) read(bytes).numel() * read(bytes).dtype().bytes() + headerEnd(bytes), bytes.length);
        } catch (IllegalArgumentException e) {
            assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e::getMessage);
        }
    }

    private static int headerEnd(byte[] bytes) {
        int length = Byte.toUnsignedInt(bytes[8]) | Byte.toUnsignedInt(bytes[9]) << 8;
        return bytes[6] == 1
                ? PREFIX_BYTES + length
                : PREFIX_BYTES + 2 + (length | Byte.toUnsignedInt(bytes[10]) << 16);
    }

    @Provide
    Arbitrary<Tensor> tensors() {
        Arbitrary<int[]> shapes = Arbitraries.integers().between(0, 5).array(int[].class).ofMaxSize(5);
        return Combinators
                .combine(Arbitraries.of(DType.class), shapes, Arbitraries.longs().withoutEdgeCases(),
                        Arbitraries.integers().between(0, 3))
                .as(NpyPropertiesTest::tensor);
    }

    /** Random bits in a random view. */
    private static Tensor tensor(DType dtype, int[] shape, long seed, int kind) {
        Random random = new Random(seed);
        Tensor x = Tensor.zeros(dtype, shape);
        for (Positions at = x.positions(); at.hasNext();) {
            int position = at.next();
            switch (dtype) {
                case FLOAT32 -> x.floats()[position] = Float.intBitsToFloat(random.nextInt());
                case FLOAT64 -> x.doubles()[position] = Double.longBitsToDouble(random.nextLong());
                default -> x.storage().setLong(position, dtype == DType.BOOL ? random.nextInt(2) : random.nextLong());
            }
        }
        return switch (kind) {
            case 1 -> reversed(x);
            case 2 -> x.rank() == 0 ? x : x.slice(0, 1, shape[0], 2);
            case 3 -> x.rank() == 0 ? x : x.slice(-1, 0, shape[shape.length - 1], 2);
            default -> x;
        };
    }

    private static Tensor reversed(Tensor x) {
        int[] axes = new int[x.rank()];
        Arrays.setAll(axes, i -> axes.length - 1 - i);
        return x.permute(axes);
    }

    /** The same data under a header that reads it in the other order: the array of the transposed tensor. */
    private static byte[] asFortran(byte[] bytes, Tensor x) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyPreamble.write(Channels.newChannel(out), new NpyHeader(x.dtype(), true, reversed(x).shape()));
        int dataBytes = x.numel() * x.dtype().bytes();
        out.write(bytes, bytes.length - dataBytes, dataBytes);
        return out.toByteArray();
    }

    private static void assertSame(Tensor expected, Tensor actual) {
        assertEquals(expected.dtype(), actual.dtype());
        assertArrayEquals(expected.shape(), actual.shape(), () -> Shapes.format(actual.shape()));
        Positions at = actual.positions();
        for (Positions from = expected.positions(); from.hasNext();) {
            int position = from.next();
            if (expected.dtype().isFloatingPoint()) {
                assertEquals(expected.storage().getDouble(position), actual.storage().getDouble(at.next())); // equal bits, all NaNs alike
            } else {
                assertEquals(expected.storage().getLong(position), actual.storage().getLong(at.next()));
            }
        }
    }

    private static byte[] write(Tensor x) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npy.write(out, x);
        return out.toByteArray();
    }

    private static Tensor read(byte[] bytes) throws IOException {
        return Npy.read(new ByteArrayInputStream(bytes));
    }
}
