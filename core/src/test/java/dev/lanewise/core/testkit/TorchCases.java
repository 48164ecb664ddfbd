package dev.lanewise.core.testkit;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions computed by libtorch 2.10.0: in float64 from the float32 numbers given, rounded once.
 *
 * <p>They are PyTorch's own sample inputs, batched and unbatched, a sweep over sizes, strides, dilations and groups, the padding modes,
 * four-sided padding, layers of real networks and the edges of what is legal.
 */
public final class TorchCases {
    private TorchCases() {
    }

    /** All cases of conv2d. */
    public static List<KnownAnswer> conv2d() {
        FloatBuffer floats = ByteBuffer.wrap(resource("torch-conv.f32")).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        Index index = new Gson().fromJson(new String(resource("torch-conv.json"), StandardCharsets.UTF_8), Index.class);
        return index.cases.stream().filter(entry -> entry.op.equals("conv2d")).map(entry -> entry.read(floats))
                .toList();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(TorchCases.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Index(List<Entry> cases) {
    }

    private record Entry(int id, String tag, String op, boolean exact, List<Integer> stride, JsonElement padding,
            @SerializedName("padding_mode") String paddingMode, List<Integer> dilation, int groups, Floats x, Floats w,
            @Nullable Floats b, Floats y) {

        KnownAnswer read(FloatBuffer floats) {
            Conv2dSpec spec = new Conv2dSpec(stride, parsePadding(), PaddingMode.parse(paddingMode), dilation, groups);
            String name = "torch " + id + " " + tag + " x=" + x.shape + " weight=" + w.shape + " stride=" + stride
                    + " padding=" + padding + " mode=" + paddingMode
                    + " dilation=" + dilation + " groups=" + groups;
            return new KnownAnswer(name, x.read(floats), w.read(floats), b == null ? null : b.read(floats), spec,
                    y.read(floats), exact);
        }

        /** A name, rows and columns, or the four sides that were padded explicitly. */
        private Padding parsePadding() {
            if (padding.isJsonPrimitive()) {
                return Padding.parse(padding.getAsString());
            }
            if (padding.isJsonArray()) {
                return Padding.of(padding.getAsJsonArray().get(0).getAsInt(),
                        padding.getAsJsonArray().get(1).getAsInt());
            }
            JsonObject sides = padding.getAsJsonObject();
            return Padding.sides(sides.get("top").getAsInt(), sides.get("left").getAsInt(),
                    sides.get("bottom").getAsInt(), sides.get("right").getAsInt());
        }
    }

    /** Where a tensor lies in the file, counted in floats. */
    private record Floats(List<Integer> shape, int offset) {
        Tensor read(FloatBuffer floats) {
            int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
            float[] array = new float[Shapes.numel(sizes)];
            floats.get(offset, array);
            return Tensor.of(array, sizes);
        }
    }
}
