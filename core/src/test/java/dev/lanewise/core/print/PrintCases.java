package dev.lanewise.core.print;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Tensors with the text that PyTorch and NumPy printed for them; {@code make.py} beside the files made them. */
final class PrintCases {
    /** A tensor, the options, and the text. */
    record Case(String name, Tensor tensor, PrintOptions options, JsonElement text) {
    }

    private PrintCases() {
    }

    static List<Case> read(Reader reader) {
        List<Case> cases = new ArrayList<>();
        for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
            JsonObject row = element.getAsJsonObject();
            JsonArray o = row.getAsJsonArray("options");
            PrintOptions options = new PrintOptions(o.get(0).getAsInt(), o.get(1).getAsInt(), o.get(2).getAsInt(),
                    o.get(3).getAsInt());
            Tensor tensor = tensor(row);
            cases.add(new Case(cases.size() + " " + tensor + " " + options, tensor, options, row.get("text")));
        }
        return cases;
    }

    static List<Case> read(String resource) {
        return read(new InputStreamReader(Objects.requireNonNull(PrintCases.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8));
    }

    private static Tensor tensor(JsonObject row) {
        DType dtype = DType.valueOf(row.get("dtype").getAsString().toUpperCase(Locale.ROOT));
        int[] shape = row.getAsJsonArray("shape").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
        Tensor tensor = Tensor.zeros(dtype, shape);
        if (row.has("arange")) {
            for (int i = 0; i < Shapes.numel(shape); i++) {
                tensor.storage().setDouble(i, i / row.get("arange").getAsDouble());
            }
            return tensor;
        }
        String[] values = Arrays.stream(row.get("values").getAsString().split(" ")).filter(v -> !v.isEmpty())
                .toArray(String[]::new);
        for (int i = 0; i < values.length; i++) {
            set(tensor, i, values[i]);
        }
        return tensor;
    }

    private static void set(Tensor tensor, int i, String text) {
        switch (tensor.dtype()) {
            case FLOAT32 -> tensor.floats()[i] = Float.parseFloat(java(text));
            case FLOAT64 -> tensor.doubles()[i] = Double.parseDouble(java(text));
            case BOOL -> tensor.storage().setLong(i, text.equals("True") ? 1 : 0);
            default -> tensor.storage().setLong(i, Long.parseLong(text));
        }
    }

    private static String java(String python) {
        return python.replace("inf", "Infinity").replace("nan", "NaN");
    }
}
