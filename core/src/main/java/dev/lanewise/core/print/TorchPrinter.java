package dev.lanewise.core.print;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tensors as PyTorch prints them.
 *
 * <pre>
 * tensor([[ 1.5410, -0.2934, -2.1788],
 *         [ 0.5684, -1.0845, -1.3986]])
 * </pre>
 */
public final class TorchPrinter {
    private static final String PREFIX = "tensor(";

    private final PrintOptions options;
    private final TorchElement element;
    private final boolean summarise;

    private TorchPrinter(Tensor tensor, PrintOptions options) {
        this.options = options;
        this.element = new TorchElement(Corners.shown(tensor, options), options.precision());
        this.summarise = options.summarises(tensor.numel());
    }

    /** The tensor as {@code print(tensor)} shows it with PyTorch's default options. */
    public static String format(Tensor tensor) {
        return format(tensor, PrintOptions.TORCH);
    }

    /** The tensor as {@code print(tensor)} shows it; lines end in {@code \n}, the last one does not. */
    public static String format(Tensor tensor, PrintOptions options) {
        String body = tensor.numel() == 0 ? "[]" : new TorchPrinter(tensor, options).axis(tensor, PREFIX.length());
        return withSuffixes(PREFIX + body, suffixes(tensor), options.lineWidth());
    }

    /** A shape as {@code print(tensor.shape)} shows it: {@code torch.Size([1, 1, 3, 3])}. */
    public static String size(Tensor tensor) {
        return "torch.Size(" + Shapes.format(tensor.shape()) + ")";
    }

    /** Strides as {@code print(tensor.stride())} shows them: {@code (5, 1)}. */
    public static String stride(Tensor tensor) {
        return Corners.tuple(tensor.strides());
    }

    /** The type as {@code print(tensor.type())} shows it: {@code torch.FloatTensor}. */
    public static String type(Tensor tensor) {
        return "torch." + tensor.dtype().scalarName() + "Tensor";
    }

    /** A truth value as Python shows it: {@code True}. */
    public static String bool(boolean value) {
        return value ? "True" : "False";
    }

    /** The elements of one tensor or of one entry of it, at an indent of so many characters. */
    private String axis(Tensor tensor, int indent) {
        return switch (tensor.rank()) {
            case 0 -> element.format(tensor, tensor.offset());
            case 1 -> row(tensor, indent);
            default -> options.indices(tensor.size(0), summarise)
                    .mapToObj(i -> i < 0 ? "..." : axis(tensor.select(0, i), indent + 1))
                    .collect(Collectors.joining("," + "\n".repeat(tensor.rank() - 1) + " ".repeat(indent + 1), "[",
                            "]"));
        };
    }

    private String row(Tensor tensor, int indent) {
        List<String> words = options.indices(tensor.size(0), summarise)
                .mapToObj(i -> i < 0 ? " ..." : element.format(tensor, tensor.position(i))).toList();
        int perLine = Math.max(1, Math.floorDiv(options.lineWidth() - indent, element.width() + 2));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < words.size(); i += perLine) {
            lines.add(String.join(", ", words.subList(i, Math.min(i + perLine, words.size()))));
        }
        return "[" + String.join(",\n" + " ".repeat(indent + 1), lines) + "]";
    }

    /** What the elements do not show: the shape of an empty tensor, and a type that is not the default of its kind. */
    private static List<String> suffixes(Tensor tensor) {
        List<String> suffixes = new ArrayList<>();
        boolean empty = tensor.numel() == 0;
        if (empty && tensor.rank() != 1) {
            suffixes.add("size=" + Corners.tuple(tensor.shape()));
        }
        boolean defaultType = tensor.dtype() == DType.FLOAT32
                || (!empty && (tensor.dtype() == DType.INT64 || tensor.dtype() == DType.BOOL));
        if (!defaultType) {
            suffixes.add("dtype=torch." + tensor.dtype().label());
        }
        return suffixes;
    }

    private static String withSuffixes(String text, List<String> suffixes, int lineWidth) {
        StringBuilder all = new StringBuilder(text);
        int lastLine = text.length() - text.lastIndexOf('\n') + 1; // PyTorch's own count, two more than there are
        for (String suffix : suffixes) {
            if (lastLine + suffix.length() + 2 > lineWidth) {
                all.append(",\n").append(" ".repeat(PREFIX.length())).append(suffix);
                lastLine = PREFIX.length() + suffix.length();
            } else {
                all.append(", ").append(suffix);
                lastLine += suffix.length() + 2;
            }
        }
        return all.append(')').toString();
    }
}
