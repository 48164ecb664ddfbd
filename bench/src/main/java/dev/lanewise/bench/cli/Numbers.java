package dev.lanewise.bench.cli;

import dev.lanewise.core.conv.Padding;
import java.util.ArrayList;
import java.util.List;

/** Lists of integers as options take them: {@code 2} or {@code 2,1}. */
final class Numbers {
    private Numbers() {
    }

    /**
     * As many integers as are given; how many there may be is the convolution's to check, in PyTorch's words.
     *
     * @throws IllegalArgumentException if one is none
     */
    static List<Integer> parse(String option, String text) {
        List<Integer> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                values.add(Integer.valueOf(part.strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(option + "=" + text + ": '" + part + "' is not an integer", e);
            }
        }
        return values;
    }

    /** {@code 1}, {@code 1,2} (rows, columns), {@code 1,2,3,4} (top, left, bottom, right), {@code same} or {@code valid}. */
    static Padding parsePadding(String text) {
        if (text.chars().anyMatch(Character::isLetter)) {
            return Padding.parse(text);
        }
        List<Integer> values = parse("--padding", text);
        return values.size() == 4
                ? Padding.sides(values.get(0), values.get(1), values.get(2), values.get(3))
                : new Padding.Symmetric(values);
    }
}
