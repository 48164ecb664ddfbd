package dev.lanewise.core.print;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Tensors as NumPy prints arrays.
 *
 * <pre>
 * [[-1.  0.  1.]
 *  [-1.  0.  1.]]
 * </pre>
 */
public final class NumpyPrinter {
    private static final String PREFIX = "array(";

    private final PrintOptions options;
    private final String separator;
    private final boolean summarise;
    private final IntFunction<String> element;

    private NumpyPrinter(Tensor tensor, PrintOptions options, String separator) {
        this.options = options;
        this.separator = separator;
        this.summarise = options.summarises(tensor.numel());
        this.element = element(tensor, options);
    }

    /** The tensor as {@code print(array)} shows it, with NumPy's default options. */
    public static String str(Tensor tensor) {
        return str(tensor, PrintOptions.NUMPY);
    }

    /** The tensor as {@code print(array)} shows it. */
    public static String str(Tensor tensor, PrintOptions options) {
        if (tensor.rank() == 0) {
            double value = tensor.getDouble();
            return tensor.dtype().isFloatingPoint()
                    ? NumpyFloat.scalar(value, tensor.dtype())
                    : plain(tensor, tensor.offset());
        }
        return body(tensor, options, " ", 0, options.lineWidth());
    }

    /** The tensor as {@code repr(array)} shows it, with NumPy's default options. */
    public static String repr(Tensor tensor) {
        return repr(tensor, PrintOptions.NUMPY);
    }

    /** The tensor as {@code repr(array)} shows it: {@code array([[1., 2.]], dtype=float32)}. */
    public static String repr(Tensor tensor, PrintOptions options) {
        String text = PREFIX + body(tensor, options, ", ", PREFIX.length(), options.lineWidth() - 1);
        String extras = String.join(", ", extras(tensor, options));
        if (extras.isEmpty()) {
            return text + ")";
        }
        text += ",";
        int lastLine = text.length() - (text.lastIndexOf('\n') + 1);
        boolean fits = lastLine + extras.length() + 2 <= options.lineWidth();
        return text + (fits ? " " : "\n" + " ".repeat(PREFIX.length())) + extras + ")";
    }

    /** A shape as {@code print(array.shape)} shows it: {@code (6, 6)}. */
    public static String shape(Tensor tensor) {
        return Corners.tuple(tensor.shape());
    }

    private static String body(Tensor tensor, PrintOptions options, String separator, int prefix, int width) {
        if (tensor.numel() == 0) {
            return "[]";
        }
        return new NumpyPrinter(tensor, options, separator).axis(tensor, " ".repeat(prefix + 1), width);
    }

    /** What cannot be read off the elements: the shape of an empty or summarised array, and a type that is not the default of its kind. */
    private static List<String> extras(Tensor tensor, PrintOptions options) {
        List<String> extras = new ArrayList<>();
        boolean empty = tensor.numel() == 0;
        if ((empty && tensor.rank() != 1) || options.summarises(tensor.numel())) {
            extras.add("shape=" + shape(tensor));
        }
        boolean implied = tensor.dtype() == DType.FLOAT64 || tensor.dtype() == DType.INT64
                || tensor.dtype() == DType.BOOL;
        if (empty || !implied) {
            extras.add("dtype=" + tensor.dtype().label());
        }
        return extras;
    }

    /** How each element is written, by its position in the storage. */
    private static IntFunction<String> element(Tensor tensor, PrintOptions options) {
        Tensor shown = Corners.shown(tensor, options);
        Storage storage = tensor.storage();
        if (tensor.dtype().isFloatingPoint()) {
            NumpyFloat form = new NumpyFloat(shown, options.precision());
            return position -> form.format(storage.getDouble(position));
        }
        int width = width(shown);
        return position -> {
            String text = plain(tensor, position);
            return " ".repeat(Math.max(width - text.length(), 0)) + text;
        };
    }

    private static int width(Tensor shown) {
        if (shown.dtype() == DType.BOOL) {
            return shown.rank() == 0 ? 0 : "False".length();
        }
        int width = 0;
        Storage storage = shown.storage();
        for (Positions at = shown.positions(); at.hasNext();) {
            width = Math.max(width, Long.toString(storage.getLong(at.next())).length());
        }
        return width;
    }

    private static String plain(Tensor tensor, int position) {
        long value = tensor.storage().getLong(position);
        return tensor.dtype() != DType.BOOL ? Long.toString(value) : value != 0 ? "True" : "False";
    }

    /** The elements of the array or of one entry of it; {@code indent} stands before each line but the first. */
    private String axis(Tensor tensor, String indent, int width) {
        return switch (tensor.rank()) {
            case 0 -> element.apply(tensor.offset());
            case 1 -> row(tensor, indent, width);
            default -> entries(tensor, indent, width);
        };
    }

    private String entries(Tensor tensor, String indent, int width) {
        String between = separator.stripTrailing() + "\n".repeat(tensor.rank() - 1) + indent;
        List<String> entries = options.indices(tensor.size(0), summarise)
                .mapToObj(i -> i < 0 ? "..." : axis(tensor.select(0, i), indent + " ", width - 1)).toList();
        return "[" + String.join(between, entries) + "]";
    }

    private String row(Tensor tensor, String indent, int width) {
        List<String> words = options.indices(tensor.size(0), summarise)
                .mapToObj(i -> i < 0 ? "..." : element.apply(tensor.position(i))).toList();
        int wordsEnd = width - 1; // the bracket or the comma needs a place
        StringBuilder done = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < words.size(); i++) {
            if (line.length() + words.get(i).length() > wordsEnd && line.length() > indent.length()) {
                done.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(words.get(i)).append(i < words.size() - 1 ? separator : "");
        }
        return "[" + done.append(line).substring(indent.length()) + "]";
    }
}
