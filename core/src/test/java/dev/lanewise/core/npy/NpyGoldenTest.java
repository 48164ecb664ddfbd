package dev.lanewise.core.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files that NumPy wrote (make.py beside them). */
class NpyGoldenTest {
    @ParameterizedTest
    @EnumSource
    void readsEveryType(DType dtype) throws IOException {
        Tensor x = read(dtype.label());

        assertHolds(x, dtype, element(dtype));
        assertArrayEquals(new int[] {12, 4, 1}, x.strides());
    }

    @ParameterizedTest
    @EnumSource
    void readsFortranOrder(DType dtype) throws IOException {
        Tensor x = read(dtype.label() + "-fortran");

        assertHolds(x, dtype, element(dtype));
        assertArrayEquals(new int[] {1, 2, 6}, x.strides());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void readsNewerVersions(int version) throws IOException {
        assertHolds(read("version" + version), DType.FLOAT32, element(DType.FLOAT32));
    }

    /** The value of element i, as make.py has it. */
    private static IntToDoubleFunction element(DType dtype) {
        return switch (dtype) {
            case FLOAT64, FLOAT32 -> i -> (i - 10) / 4.0;
            case INT64 -> i -> (i - 10) * (double) (1L << 40);
            case INT32 -> i -> (i - 10) * (1 << 20);
            case INT8 -> i -> (byte) ((i - 10) * 10);
            case UINT8 -> i -> i * 10;
            case BOOL -> i -> i % 3 == 0 ? 1 : 0;
        };
    }

    private static void assertHolds(Tensor x, DType dtype, IntToDoubleFunction element) {
        assertEquals(dtype, x.dtype());
        assertArrayEquals(new int[] {2, 3, 4}, x.shape());
        for (int i = 0; i < 24; i++) {
            assertEquals(element.applyAsDouble(i), x.getDouble(i / 12, i / 4 % 3, i % 4), "element " + i);
        }
    }

    @Test
    void readsScalars() throws IOException {
        Tensor x = read("scalar");

        assertEquals(0, x.rank());
        assertEquals(3.25, x.getDouble());
    }

    @Test
    void readsEmptyArrays() throws IOException {
        assertArrayEquals(new int[] {0, 3}, read("empty").shape());
        assertArrayEquals(new int[] {2, 0, 3}, read("empty-fortran").shape());
    }

    @Test
    void readsSpecialFloats() throws IOException {
        float[] x = read("special-float32").floats();

        assertArrayEquals(new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f, 0,
            Float.MIN_VALUE, Float.MAX_VALUE}, x);
    }

    @Test
    void readsSpecialDoubles() throws IOException {
        double[] x = read("special-float64").doubles();

        assertArrayEquals(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0,
            Double.MIN_VALUE, Double.MAX_VALUE}, x);
    }

    @ParameterizedTest
    @ValueSource(strings = {"float64", "float32", "int64", "int32", "int8", "uint8", "bool", "scalar", "one", "empty",
        "special-float32",
        "special-float64", "digits1", "digits2", "digits3", "digits4", "digits5", "digits6", "digits7", "growth"})
    void writesTheSameBytes(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Npy.write(out, read(name));

        assertArrayEquals(bytes(name), out.toByteArray());
    }

    @ParameterizedTest
    @EnumSource
    void writesFortranOrderedTensorsInOrderC(DType dtype) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Npy.write(out, read(dtype.label() + "-fortran"));

        assertArrayEquals(bytes(dtype.label()), out.toByteArray());
    }

    private static Tensor read(String name) throws IOException {
        return Npy.read(new ByteArrayInputStream(bytes(name)));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(NpyGoldenTest.class.getResourceAsStream(name + ".npy"), name)) {
            return in.readAllBytes();
        }
    }
}
