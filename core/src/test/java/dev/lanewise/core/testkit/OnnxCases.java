package dev.lanewise.core.testkit;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * ONNX's backend tests of convolution as plain files. They are not part of this project: they are read from
 * {@code ../shared/data/onnx-conv} beside it where that is there.
 */
public final class OnnxCases {
    private OnnxCases() {
    }

    /** The cases of 2-D {@code Conv}; none where the files are not there. */
    public static List<KnownAnswer> conv2d() {
        Path folder = projectRoot().resolve("../shared/data/onnx-conv").normalize();
        if (!Files.isRegularFile(folder.resolve("index.json"))) {
            return List.of();
        }
        try {
            Entry[] index = new Gson().fromJson(Files.readString(folder.resolve("index.json")), Entry[].class);
            return Arrays.stream(index).filter(entry -> entry.op.equals("Conv") && entry.axes == 2)
                    .map(entry -> entry.read(folder.resolve(entry.dir))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in the folder of their module. */
    private static Path projectRoot() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        return start;
    }

    private record Entry(String dir, String op, @SerializedName("spatial_rank") int axes, Attributes resolved) {
        KnownAnswer read(Path folder) {
            try {
                Path b = folder.resolve("b.npy");
                Tensor bias = Files.exists(b) ? Npy.read(b) : null;
                boolean exact = dir.startsWith("node__"); // the others were computed by PyTorch from random numbers
                return new KnownAnswer("onnx " + dir, Npy.read(folder.resolve("x.npy")),
                        Npy.read(folder.resolve("w.npy")), bias, resolved.spec(),
                        Npy.read(folder.resolve("y.npy")), exact);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Attributes(List<Integer> strides, List<Integer> dilations, int group,
            @SerializedName("pads_begin") List<Integer> before,
            @SerializedName("pads_end") List<Integer> after) {
        Conv2dSpec spec() {
            Padding padding = before.equals(after)
                    ? Padding.of(before.get(0), before.get(1))
                    : Padding.sides(before.get(0), before.get(1), after.get(0), after.get(1));
            return new Conv2dSpec(strides, padding, PaddingMode.ZEROS, dilations, group);
        }
    }
}
