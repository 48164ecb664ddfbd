package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Values;
import java.util.stream.Stream;

/** Kinds of convolutions by what the tensors hold: libraries that are right on one kind need not be on another. */
public enum ValueKind {
    /** All of them. */
    ANY("any values"),
    /** Neither of the following. */
    ORDINARY("ordinary values"),
    /** Subnormals and underflow, but nothing hostile. */
    TINY("subnormals and underflow"),
    /** NaN, infinities and overflow, but not where they meet padded zeros. */
    HOSTILE("NaN, infinities, huge values"),
    /** NaN, infinities and overflow, in weights that meet padded zeros: a zero times infinity is NaN. */
    HOSTILE_BORDER("the same times padded zeros");

    private final String label;

    ValueKind(String label) {
        this.label = label;
    }

    /** What tables call it. */
    public String label() {
        return label;
    }

    /** Whether a convolution is of this kind. */
    boolean has(Conv2dCase c) {
        boolean hostile = has(c, Values.HOSTILE);
        return switch (this) {
            case ANY -> true;
            case ORDINARY -> !isTiny(c) && !hostile;
            case TINY -> isTiny(c) && !hostile;
            case HOSTILE -> hostile && !meetsPadding(c);
            case HOSTILE_BORDER -> hostile && meetsPadding(c);
        };
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
