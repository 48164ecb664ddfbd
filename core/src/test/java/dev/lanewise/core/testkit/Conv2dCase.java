package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One convolution with everything that determines it. It holds no elements: they are drawn from the seed, so {@link #toString} says
 * it all, and {@link #parse} reads that again.
 *
 * @param dtype the type of all tensors
 * @param xShape [N, Cin, H, W] or [Cin, H, W]
 * @param weightShape [Cout, Cin/groups, R, S]
 * @param biased whether there is a bias
 * @param spec stride, padding, dilation and groups
 * @param xValues what x holds
 * @param weightValues what weight and bias hold
 * @param xLayout how x lies in memory
 * @param weightLayout how weight and bias lie in memory
 * @param yLayout how y lies in memory
 * @param seed what the elements are drawn from
 */
public record Conv2dCase(DType dtype, List<Integer> xShape, List<Integer> weightShape, boolean biased, Conv2dSpec spec,
        Values xValues,
        Values weightValues, Layout xLayout, Layout weightLayout, Layout yLayout, int seed) {

    /** What lies around y: not zero, and no value that a convolution could come to. */
    private static final double AROUND_Y = -7777.25;

    /** Copies the lists. */
    public Conv2dCase {
        xShape = List.copyOf(xShape);
        weightShape = List.copyOf(weightShape);
    }

    // ---- what it describes ----

    /** The input; NaN lies around it. A new one with each call, as are the other tensors. */
    public Tensor x() {
        return x(0);
    }

    /** Another input of the same kind, shape and layout; variant 0 is {@link #x()}. */
    public Tensor x(int variant) {
        return xLayout.fill(dtype, ints(xShape), xValues, seed(3 + 4 * variant), Double.NaN);
    }

    /** The weight; NaN lies around it. */
    public Tensor weight() {
        return weight(0);
    }

    /** Another weight of the same kind, shape and layout; variant 0 is {@link #weight()}. */
    public Tensor weight(int variant) {
        return weightLayout.fill(dtype, ints(weightShape), weightValues, seed(1 + 4 * variant), Double.NaN);
    }

    /** The bias, or null; NaN lies around it. */
    public @Nullable Tensor bias() {
        return biased
                ? weightLayout.fill(dtype, new int[] {weightShape.get(0)}, weightValues, seed(2), Double.NaN)
                : null;
    }

    /** Where the result goes, full of rubbish. */
    public Tensor y() {
        return yLayout.allocate(dtype, shape().outputShape(), AROUND_Y);
    }

    /** The checked sizes. */
    public Conv2dShape shape() {
        Tensor sizes = Tensor.zeros(dtype, 1).expand(ints(weightShape)); // no weights are needed for that
        return Conv2dShape.of(dtype, ints(xShape), sizes, null, spec);
    }

    /** What the reference makes of contiguous copies of the arguments. */
    public Tensor expected() {
        return expected(0);
    }

    /** What the reference makes of another input, {@link #x(int)}. */
    public Tensor expected(int variant) {
        Tensor bias = bias();
        Tensor y = Tensor.zeros(dtype, shape().outputShape());
        Conv2dProviders.reference()
                .plan(shape(), weight().copy(), bias == null ? null : bias.copy(), Conv2dOptions.DEFAULT)
                .run(x(variant).copy(), y);
        return y;
    }

    /** One generator for each tensor, so that one shrinks without the others. */
    private long seed(int tensor) {
        return seed * 1_000_003L + tensor;
    }

    // ---- other cases ----

    /** The same with other arguments. */
    public Conv2dCase withSpec(Conv2dSpec spec) {
        return new Conv2dCase(dtype, xShape, weightShape, biased, spec, xValues, weightValues, xLayout, weightLayout,
                yLayout, seed);
    }

    /** The same with other sizes. */
    public Conv2dCase withShapes(List<Integer> xShape, List<Integer> weightShape) {
        return new Conv2dCase(dtype, xShape, weightShape, biased, spec, xValues, weightValues, xLayout, weightLayout,
                yLayout, seed);
    }

    /** The same with other elements. */
    public Conv2dCase withValues(Values xValues, Values weightValues) {
        return new Conv2dCase(dtype, xShape, weightShape, biased, spec, xValues, weightValues, xLayout, weightLayout,
                yLayout, seed);
    }

    /** The same with or without a bias. */
    public Conv2dCase withBias(boolean biased) {
        return new Conv2dCase(dtype, xShape, weightShape, biased, spec, xValues, weightValues, xLayout, weightLayout,
                yLayout, seed);
    }

    // ---- as text ----

    /**
     * Everything, as {@code name=value} words; for one
     * {@code dtype=float32 x=2,4,5,5 weight=6,2,3,3 bias=true stride=1,2 padding=1,0,2,-1 mode=reflect dilation=1,1 groups=2 values=normals,wide
     * layout=contiguous,steps,cut_columns seed=17}. The pairs: values and layouts of x, of weight and bias, and the layout of y.
     */
    @Override
    public String toString() {
        return "dtype=" + dtype.label() + " x=" + join(xShape) + " weight=" + join(weightShape) + " bias=" + biased
                + " stride=" + join(spec.stride()) + " padding="
                + format(spec.padding()) + " mode=" + spec.paddingMode().label() + " dilation=" + join(spec.dilation())
                + " groups=" + spec.groups() + " values="
                + name(xValues) + "," + name(weightValues) + " layout=" + name(xLayout) + "," + name(weightLayout) + ","
                + name(yLayout) + " seed=" + seed;
    }

    /**
     * The case that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if a word is missing or has no such value
     */
    public static Conv2dCase parse(String text) {
        Map<String, String> words = new HashMap<>();
        for (String word : text.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            words.put(word.substring(0, Math.max(equals, 0)), word.substring(equals + 1));
        }
        Words read = new Words(text, words);
        Conv2dSpec spec = new Conv2dSpec(read.ints("stride"), padding(read.word("padding")),
                PaddingMode.parse(read.word("mode")), read.ints("dilation"),
                Integer.parseInt(read.word("groups")));
        String[] values = read.words("values", 2);
        String[] layouts = read.words("layout", 3);
        return new Conv2dCase(DType.valueOf(read.word("dtype").toUpperCase(Locale.ROOT)), read.ints("x"),
                read.ints("weight"),
                Boolean.parseBoolean(read.word("bias")), spec, Values.valueOf(values[0]), Values.valueOf(values[1]),
                Layout.valueOf(layouts[0]),
                Layout.valueOf(layouts[1]), Layout.valueOf(layouts[2]), Integer.parseInt(read.word("seed")));
    }

    private record Words(String text, Map<String, String> words) {
        String word(String name) {
            String word = words.get(name);
            if (word == null) {
                throw new IllegalArgumentException("there is no " + name + "=... in '" + text + "'");
            }
            return word;
        }

        List<Integer> ints(String name) {
            return Arrays.stream(word(name).split(",", -1)).map(Integer::valueOf).toList();
        }

        String[] words(String name, int count) {
            String[] values = word(name).toUpperCase(Locale.ROOT).split(",", -1);
            if (values.length != count) {
                throw new IllegalArgumentException("expected " + count + " values of " + name + " in '" + text + "'");
            }
            return values;
        }
    }

    private static Padding padding(String text) {
        List<String> sides = List.of(text.split(",", -1));
        if (sides.size() != 4) {
            return sides.size() == 2
                    ? Padding.of(Integer.parseInt(sides.get(0)), Integer.parseInt(sides.get(1)))
                    : Padding.parse(text);
        }
        return Padding.sides(Integer.parseInt(sides.get(0)), Integer.parseInt(sides.get(1)),
                Integer.parseInt(sides.get(2)), Integer.parseInt(sides.get(3)));
    }

    /** A padding as a command line takes it: {@code same}, {@code valid}, one amount, two, or four. */
    public static String format(Padding padding) {
        return switch (padding) {
            case Padding.Same same -> "same";
            case Padding.Valid valid -> "valid";
            case Padding.Symmetric symmetric -> join(symmetric.values());
            case Padding.Sides sides -> join(List.of(sides.top(), sides.left(), sides.bottom(), sides.right()));
        };
    }

    private static String join(List<Integer> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
