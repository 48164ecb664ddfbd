package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Values;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Kinds of convolutions by what the tensors hold: libraries that are right on one kind need not be on another. */
public enum ValueKind {
    /** All of them. */
    ANY("any values", c -> true),
    /** Neither of the following. */
    ORDINARY("ordinary values", c -> !isTiny(c) && !has(c, Values.HOSTILE)),
    /** Subnormals and underflow, but nothing hostile. */
    TINY("subnormals and underflow", c -> isTiny(c) && !has(c, Values.HOSTILE)),
    /** NaN, infinities and overflow, but not where they meet padded zeros. */
    HOSTILE("NaN, infinities, huge values", c -> has(c, Values.HOSTILE) && !meetsPadding(c)),
    /** NaN, infinities and overflow, in weights that meet padded zeros: a zero times infinity is NaN. */
    HOSTILE_BORDER("the same times padded zeros", c -> has(c, Values.HOSTILE) && meetsPadding(c));

    private final String label;
    private final Predicate<Conv2dCase> isOne;

    ValueKind(String label, Predicate<Conv2dCase> isOne) {
        this.label = label;
        this.isOne = isOne;
    }

    /** What tables call it. */
    public String label() {
        return label;
    }

    /** Whether a convolution is of this kind. */
    boolean has(Conv2dCase c) {
        return isOne.test(c);
    }

    private static boolean isTiny(Conv2dCase c) {
        return has(c, Values.TINY) || has(c, Values.VANISHING);
    }

    private static boolean meetsPadding(Conv2dCase c) {
        return c.weightValues() == Values.HOSTILE && c.shape().paddingMode() == PaddingMode.ZEROS
                && Stream.of(c.shape().rows(), c.shape().columns()).anyMatch(a -> a.before() > 0 || a.after() > 0);
    }

    private static boolean has(Conv2dCase c, Values values) {
        return c.xValues() == values || c.weightValues() == values;
    }
}
