package dev.lanewise.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.core.nn.Parameters;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the generator against arrays that libtorch printed.
 *
 * <p>The keys of the file are little programs: {@code seedS call} starts at a seed; {@code ... then call}, and a bias after its
 * weight, draw on from the entry before.
 */
final class GoldenRandomTest {
    private static final Pattern SEED = Pattern.compile("seed(\\d+)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\(([^ ]*)\\)(?: (weight|bias))?$");

    private Generator generator = new Generator(0);
    private Tensor weight = Tensor.zeros(DType.FLOAT32, 0);

    @TestFactory
    List<DynamicTest> golden() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : load().entrySet()) {
            if (entry.getValue().isJsonArray()) {
                tests.add(DynamicTest.dynamicTest(entry.getKey(),
                        () -> check(entry.getKey(), entry.getValue().getAsJsonArray())));
            }
        }
        assertEquals(45, tests.size());
        return tests;
    }

    private static JsonObject load() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(GoldenRandomTest.class.getResourceAsStream("torch-rng-golden.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    private void check(String key, JsonArray expected) {
        boolean continues = key.contains("then ") || key.endsWith(" bias");
        Matcher seed = SEED.matcher(key);
        if (!continues) {
            assertTrue(seed.find(), key);
            generator = new Generator(Long.parseLong(seed.group(1)));
        }
        Matcher matcher = CALL.matcher(key);
        assertTrue(matcher.find(), key);
        Tensor actual = run(matcher);
        assertEquals(expected.size(), actual.numel(), key);
        boolean approximated = matcher.group(1).equals("randn") && actual.numel() >= 16;
        for (int i = 0; i < expected.size(); i++) {
            String where = key + " element " + i;
            if (actual.dtype() == DType.FLOAT64) {
                assertEquals(expected.get(i).getAsDouble(), actual.doubles()[i], where);
            } else if (approximated) {
                float e = Float.parseFloat(expected.get(i).getAsString());
                assertEquals(e, actual.floats()[i], 2 * Math.ulp(e), where);
            } else {
                assertEquals(Float.parseFloat(expected.get(i).getAsString()), actual.floats()[i], where);
            }
        }
    }

    private Tensor run(MatchResult call) {
        int[] numbers = Arrays.stream(call.group(2).replaceAll("[()]|groups=", "").split(","))
                .mapToInt(Integer::parseInt).toArray();
        return switch (call.group(1)) {
            case "rand" -> RandomTensors.rand(generator, numbers);
            case "randn" -> RandomTensors.randn(generator, numbers);
            case "rand_float64" -> RandomTensors.rand(generator, DType.FLOAT64, numbers);
            case "randn_float64" -> RandomTensors.randn(generator, DType.FLOAT64, numbers);
            case "Conv2d" -> parameter(call, numbers[1], numbers[1], numbers[0] / numbers[4], numbers[2], numbers[3]);
            case "ConvTranspose2d" -> parameter(call, numbers[1], numbers[0], numbers[1], numbers[2], numbers[2]);
            case "Linear" -> parameter(call, numbers[1], numbers[1], numbers[0]);
            default -> throw new AssertionError("no such call: " + call.group());
        };
    }

    private Tensor parameter(MatchResult call, int outputs, int... weightShape) {
        if (call.group(3).equals("bias")) {
            Tensor bias = Tensor.zeros(DType.FLOAT32, outputs);
            Parameters.initBias(generator, bias, weight);
            return bias;
        }
        weight = Tensor.zeros(DType.FLOAT32, weightShape);
        Parameters.initWeight(generator, weight);
        return weight;
    }
}
