package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.core.ops.Comparison;
import dev.lanewise.core.ops.Conversion;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Convolution and correlation against SciPy. */
class Convolve2dTest {
    /** Small integers, so every type gives the same numbers. */
    @TestFactory
    Stream<DynamicTest> computedWithScipy() throws IOException {
        List<JsonObject> cases = cases("generated");
        assertEquals(216, cases.size());
        List<DType> types = List.of(DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.INT32);
        return cases.stream().flatMap(c -> types.stream().map(dtype -> DynamicTest.dynamicTest(name(c) + " " + dtype,
                () -> checkComputed(c, dtype))));
    }

    private static void checkComputed(JsonObject c, DType dtype) {
        Tensor image = Conversion.to(matrix(c.get("input")), dtype);
        Tensor kernel = Conversion.to(matrix(c.get("kernel")), dtype);
        if (c.has("error") && !c.get("error").isJsonNull()) {
            assertEquals(c.get("error").getAsString(), errorOf(() -> apply(c, image, kernel)));
            return;
        }
        Tensor actual = apply(c, image, kernel);
        assertEquals(dtype, actual.dtype());
        assertEqual(matrix(c.get("expected")), actual, 0);
    }

    /** SciPy's own test cases, where its file is at hand; the complex ones have no counterpart here. */
    @TestFactory
    Stream<DynamicTest> upstream() throws IOException {
        Path file = projectRoot().resolve("../shared/data/scipy-conv2d.json").normalize();
        Assumptions.assumeTrue(Files.isRegularFile(file), "SciPy's cases are not at hand");
        JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        List<JsonObject> cases = objects(all.getAsJsonArray("upstream")).stream()
                .filter(c -> !c.get("dtype").getAsString().equals("complex128")).toList();
        assertEquals(22, cases.size());
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.get("name").getAsString(), () -> {
            DType dtype = c.get("dtype").getAsString().equals("int64") ? DType.INT64 : DType.FLOAT64;
            Tensor actual = apply(c, Conversion.to(matrix(c.get("input")), dtype),
                    Conversion.to(matrix(c.get("kernel")), dtype));
            // fused and separate roundings of at most 5 products below 13
            assertEqual(matrix(c.get("expected")), actual, dtype == DType.INT64 ? 0 : 1e-14);
        }));
    }

    @TestFactory
    Stream<DynamicTest> argumentErrors() throws IOException {
        List<JsonObject> cases = cases("errors").stream()
                .filter(c -> !c.get("name").getAsString().startsWith("test_fillvalue")).toList(); // a Java double is a scalar
        assertEquals(15, cases.size());
        return cases.stream().map(c -> DynamicTest.dynamicTest(name(c) + " " + c.get("name").getAsString(), () -> {
            Tensor image = any(c.getAsJsonArray("args").get(0));
            Tensor kernel = any(c.getAsJsonArray("args").get(1));
            JsonObject kwargs = c.getAsJsonObject("kwargs");
            kwargs.add("func", c.get("func"));
            if (c.get("type").isJsonNull()) {
                apply(kwargs, image, kernel);
            } else {
                String message = c.get("message").getAsString();
                String own = c.get("func").getAsString();
                assertEquals(message.replace("convolve2d", own), errorOf(() -> apply(kwargs, image, kernel)));
            }
        }));
    }

    @Test
    void ownErrors() {
        Tensor x = Tensors.ones(3, 3);
        assertEquals("convolve2d inputs must have one type, but got float32[3, 3] and float64[2, 2]",
                errorOf(() -> Convolve2d.convolve2d(x, Tensors.ones(DType.FLOAT64, 2, 2))));
        assertEquals("correlate2d not available for this type.", errorOf(
                () -> Convolve2d.correlate2d(Tensors.ones(DType.BOOL, 2, 2), Tensors.ones(DType.BOOL, 2, 2))));
        assertEquals("could not cast `fillvalue` 300.0 to int8", errorOf(() -> Convolve2d.convolve2d(
                Tensors.ones(DType.INT8, 2, 2), Tensors.ones(DType.INT8, 2, 2), ConvolveMode.FULL,
                ConvolveBoundary.FILL, 300)));
        assertEquals("an image of size [0, 3] has no pixels to continue it with; use the boundary 'fill'", errorOf(
                () -> Convolve2d.convolve2d(Tensors.zeros(0, 3), x, ConvolveMode.FULL, ConvolveBoundary.WRAP, 0)));
        assertEquals("kernel of size [3, 3] can't be greater than image of size [2, 3]",
                errorOf(() -> Convolve2d.convo2d(Tensors.ones(2, 3), x)));
        assertEquals("an axis of 2147483648 pixels has more than 2147483647 pixels",
                errorOf(() -> Convolve2d.convolve2d(
                        Tensors.ones(1).expand(2, Integer.MAX_VALUE / 2),
                        Tensors.ones(1).expand(1, Integer.MAX_VALUE / 2 + 3))));
        assertEquals("shape [2, 2147483647] has more than 2147483647 elements",
                errorOf(() -> Convolve2d.convolve2d(Tensors.ones(2, 1), Tensors.ones(1).expand(1, 1 << 30))));
    }

    @Test
    void convo2dIsTheValidPart() {
        Tensor image = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor kernel = Tensor.of(new float[] {1, 10}, 1, 2);
        assertEqual(Tensor.of(new float[] {12, 23, 45, 56}, 2, 2), Convolve2d.convo2d(image, kernel), 0);
        assertEqual(Tensor.of(new float[] {1 + 4 + 9 + 16 + 25 + 36}, 1, 1),
                Convolve2d.convo2d(image, ConvolveOperand.reversed(image)), 0);
        assertEquals("kernel of size [1, 4] can't be greater than image of size [2, 3]",
                errorOf(() -> Convolve2d.convo2d(image, Tensors.ones(1, 4))));
        assertEquals("convo2d inputs must both be 2-D arrays",
                errorOf(() -> Convolve2d.convo2d(image.unsqueeze(0), kernel)));
    }

    @Test
    void correlationIsFullByDefault() {
        Tensor image = Tensor.of(new float[] {1, 2, 3}, 1, 3);
        Tensor kernel = Tensor.of(new float[] {1, 10}, 1, 2);
        assertEqual(Tensor.of(new float[] {10, 21, 32, 3}, 1, 4), Convolve2d.correlate2d(image, kernel), 0);
        assertEqual(Tensor.of(new float[] {21, 32}, 1, 2),
                Convolve2d.correlate2d(image, kernel, ConvolveMode.VALID), 0);
    }

    /** As a cast does, of either sign. */
    @Test
    void fillValuesOfIntegersAreCutToWholeNumbers() {
        Tensor image = Tensor.of(new int[] {5}, 1, 1);
        Tensor kernel = Tensor.of(new int[] {1, 0, 0}, 1, 3);
        for (double[] fill : new double[][] {{-1.5, -1}, {2.9, 2}, {-3, -3}, {-0.5, 0}}) {
            Tensor y = Convolve2d.correlate2d(image, kernel, ConvolveMode.SAME, ConvolveBoundary.FILL, fill[0]);
            assertEquals(fill[1], y.getDouble(0, 0));
        }
    }

    /** Shapes and values as SciPy 1.17.1 gives them; without taps all sums are zero, without pixels the fill value is all there is. */
    @Test
    void emptyOperands() {
        assertEmpty("float32[1, 5]", 18, Tensors.zeros(0, 3), ConvolveMode.FULL);
        assertEmpty("float32[0, 3]", 0, Tensors.zeros(0, 3), ConvolveMode.SAME);
        assertEmpty("float32[3, 1]", 0, Tensors.zeros(0, 3), ConvolveMode.VALID);
        Tensor x = Tensors.ones(2, 3);
        assertEquals("float32[1, 5]", Convolve2d.convolve2d(x, Tensors.zeros(0, 3)).toString());
        assertEquals("float32[3, 2]", Convolve2d.convolve2d(x, Tensors.zeros(2, 0)).toString());
        assertEquals("float32[2, 3]", Convolve2d.convolve2d(x, Tensors.zeros(2, 0), ConvolveMode.SAME).toString());
        assertEquals("float32[1, 4]", Convolve2d.convolve2d(x, Tensors.zeros(2, 0), ConvolveMode.VALID).toString());
        assertEquals("float32[0, 0]", Convolve2d.convolve2d(Tensors.zeros(1, 0), Tensors.zeros(0, 1)).toString());
        assertEquals("negative dimensions are not allowed",
                errorOf(() -> Convolve2d.convolve2d(Tensors.zeros(0, 0), Tensors.zeros(0, 0))));
    }

    private static void assertEmpty(String expected, double value, Tensor image, ConvolveMode mode) {
        Tensor y = Convolve2d.convolve2d(image, Tensors.ones(2, 3), mode, ConvolveBoundary.FILL, 3);
        assertEquals(expected, y.toString());
        assertTrue(Comparison.allclose(y, Tensors.full(DType.FLOAT32, value)));
    }

    @Test
    void integersWrap() {
        Tensor x = Tensor.of(new byte[] {100, 100, 100, 100}, 2, 2);
        Tensor kernel = Tensor.of(new byte[] {1, 1, 1, 1}, 2, 2);
        Tensor y = Convolve2d.convolve2d(x, kernel);
        assertArrayEquals(new byte[] {100, -56, 100, -56, -112, -56, 100, -56, 100}, (byte[]) y.array(DType.INT8));
    }

    /** A transposed image and a kernel with gaps are read through their strides. */
    @Test
    void anyStrides() {
        Tensor image = Conversion.toFloat(Tensors.arange(12)).view(3, 4).t();
        Tensor kernel = Conversion.toFloat(Tensors.arange(8)).view(2, 4).slice(1, 0, 4, 2);
        Tensor expected = Convolve2d.convolve2d(image.copy(), kernel.copy());
        assertEqual(expected, Convolve2d.convolve2d(image, kernel), 0);
    }

    private static Tensor apply(JsonObject c, Tensor image, Tensor kernel) {
        ConvolveMode mode = c.has("mode") ? ConvolveMode.parse(c.get("mode").getAsString()) : ConvolveMode.FULL;
        ConvolveBoundary boundary = c.has("boundary")
                ? ConvolveBoundary.parse(c.get("boundary").getAsString())
                : ConvolveBoundary.FILL;
        double fillValue = c.has("fillvalue") ? c.get("fillvalue").getAsDouble() : 0;
        return c.get("func").getAsString().equals("convolve2d")
                ? Convolve2d.convolve2d(image, kernel, mode, boundary, fillValue)
                : Convolve2d.correlate2d(image, kernel, mode, boundary, fillValue);
    }

    private static void assertEqual(Tensor expected, Tensor actual, double relative) {
        assertArrayEquals(expected.shape(), actual.shape());
        for (int i = 0; i < expected.size(0); i++) {
            for (int j = 0; j < expected.size(1); j++) {
                double e = expected.getDouble(i, j);
                assertEquals(e, actual.getDouble(i, j), relative * Math.abs(e) + 0.0, i + ", " + j);
            }
        }
    }

    private static String errorOf(Runnable call) {
        return Objects.requireNonNull(assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static String name(JsonObject c) {
        StringBuilder name = new StringBuilder(c.get("func").getAsString());
        for (String key : List.of("mode", "boundary", "fillvalue")) {
            name.append(c.has(key) ? " " + c.get(key) : "");
        }
        return name.toString();
    }

    private static List<JsonObject> cases(String key) throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Convolve2dTest.class.getResourceAsStream("scipy-conv2d.json")),
                StandardCharsets.UTF_8)) {
            return objects(JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray(key));
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        array.forEach(e -> objects.add(e.getAsJsonObject()));
        return objects;
    }

    private static Tensor matrix(JsonElement element) {
        JsonArray rows = element.getAsJsonArray();
        int columns = rows.isEmpty() ? 0 : rows.get(0).getAsJsonArray().size();
        double[] values = new double[rows.size() * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i / columns).getAsJsonArray().get(i % columns).getAsDouble();
        }
        return Tensor.of(values, rows.size(), columns);
    }

    /** A literal of up to three axes; an empty list is an array of shape (0, 0), as it was when the texts were recorded. */
    private static Tensor any(JsonElement element) {
        int rank = 0;
        JsonElement inner = element;
        while (inner.isJsonArray() && !inner.getAsJsonArray().isEmpty()) {
            rank++;
            inner = inner.getAsJsonArray().get(0);
        }
        return rank == 2 || inner.isJsonArray() ? matrix(element) : Tensors.ones(DType.FLOAT64, ones(rank));
    }

    private static int[] ones(int rank) {
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        return shape;
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.isDirectory(folder.resolve(".mvn")) ? folder : Objects.requireNonNull(folder.getParent());
    }
}
