package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Layout;
import dev.lanewise.core.testkit.Values;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Of how many tries what was true: random tests show nothing about what they did not draw. */
public final class Coverage {
    private static final Map<String, Predicate<Conv2dCase>> TRAITS = traits();

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int tries;

    /** Nothing tried. */
    public Coverage() {
        TRAITS.keySet().forEach(trait -> counts.put(trait, 0));
    }

    /** What a table of coverage tells, from top to bottom. */
    private static Map<String, Predicate<Conv2dCase>> traits() {
        Map<String, Predicate<Conv2dCase>> traits = new LinkedHashMap<>();
        traits.put("float32", c -> c.dtype() == DType.FLOAT32);
        traits.put("float64", c -> c.dtype() == DType.FLOAT64);
        traits.put("without a batch axis", c -> c.xShape().size() == 3);
        traits.put("empty batch", c -> c.xShape().size() == 4 && c.xShape().getFirst() == 0);
        traits.put("several images", c -> c.shape().batch() > 1);
        traits.put("grouped", c -> c.spec().groups() > 1);
        traits.put("depthwise", c -> c.shape().isDepthwise());
        traits.put("pointwise", c -> c.shape().isPointwise());
        traits.put("strided", c -> isAbove1(c.spec().stride()));
        traits.put("dilated", c -> isAbove1(c.spec().dilation()));
        traits.put("padded", c -> isPadded(c.shape()));
        traits.put("padded on four unequal sides", c -> c.spec().padding() instanceof Padding.Sides s
                && Stream.of(s.top(), s.left(), s.bottom(), s.right()).distinct().count() == 4);
        traits.put("cropped (negative padding)", c -> isCropped(c.shape()));
        for (PaddingMode mode : PaddingMode.values()) {
            traits.put("padded with " + mode.label(), c -> isPadded(c.shape()) && c.spec().paddingMode() == mode);
        }
        traits.put("with bias", Conv2dCase::biased);
        traits.put("more than one block of taps", c -> c.shape().taps() > NumericsContract.KC);
        traits.put("non-contiguous x, weight or y", c -> Stream.of(c.xLayout(), c.weightLayout(), c.yLayout())
                .anyMatch(layout -> layout != Layout.CONTIGUOUS));
        traits.put("NaN, infinities, huge values", c -> hasAny(c, Values.HOSTILE));
        traits.put("subnormals and underflow", c -> hasAny(c, Values.TINY));
        traits.put("products that vanish",
                c -> c.xValues() == Values.VANISHING && c.weightValues() == Values.VANISHING);
        traits.put("the same beside padded zeros", c -> c.xValues() == Values.VANISHING
                && c.weightValues() == Values.VANISHING && c.spec().paddingMode() == PaddingMode.ZEROS
                && isPadded(c.shape()));
        return traits;
    }

    private static boolean isAbove1(List<Integer> values) {
        return values.stream().anyMatch(value -> value > 1);
    }

    private static boolean isPadded(Conv2dShape shape) {
        return Stream.of(shape.rows(), shape.columns()).anyMatch(axis -> axis.before() > 0 || axis.after() > 0);
    }

    private static boolean isCropped(Conv2dShape shape) {
        return Stream.of(shape.rows(), shape.columns()).anyMatch(axis -> axis.before() < 0 || axis.after() < 0);
    }

    private static boolean hasAny(Conv2dCase c, Values values) {
        return c.xValues() == values || c.weightValues() == values;
    }

    /** Counts a try. */
    void add(Conv2dCase c) {
        tries++;
        TRAITS.forEach((trait, isTrue) -> {
            if (isTrue.test(c)) {
                counts.merge(trait, 1, Integer::sum);
            }
        });
    }

    /** Adds what another run tried. */
    public void add(Coverage other) {
        tries += other.tries;
        other.counts.forEach((trait, count) -> counts.merge(trait, count, Integer::sum));
    }

    /** How many tries had a trait. */
    public int count(String trait) {
        return Objects.requireNonNull(counts.get(trait), trait);
    }

    /** Prints a line for each trait. */
    public void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%-34s %9s %7s%n", "coverage", "tries", "share");
        counts.forEach((trait, count) -> out.printf(Locale.ROOT, "%-34s %,9d %6.1f%%%n", trait, count,
                tries == 0 ? 0 : 100.0 * count / tries));
    }
}
