package dev.lanewise.core.npy;

import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header, a Python dict literal with exactly three keys in any order:
 * {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }}.
 */
final class NpyHeaderParser {
    private final String text;
    private int at;

    private @Nullable DType dtype;
    private @Nullable Boolean fortranOrder;
    private int @Nullable [] shape;

    private NpyHeaderParser(String text) {
        this.text = text;
    }

    /**
     * What the header says.
     *
     * @throws IllegalArgumentException if it is malformed, or of a type that is not supported
     */
    static NpyHeader parse(String text) {
        return new NpyHeaderParser(text).dict();
    }

    private NpyHeader dict() {
        expect('{');
        while (!accept('}')) {
            String key = string("a key");
            expect(':');
            value(key);
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (at < text.length()) {
            throw bad("something behind the dictionary");
        }
        return new NpyHeader(present("descr", dtype), present("fortran_order", fortranOrder), present("shape", shape));
    }

    private void value(String key) {
        switch (key) {
            case "descr" -> {
                once(key, dtype);
                dtype = descr();
            }
            case "fortran_order" -> {
                once(key, fortranOrder);
                fortranOrder = bool();
            }
            case "shape" -> {
                once(key, shape);
                shape = tuple();
            }
            default -> throw bad("the unknown key '" + key + "'");
        }
    }

    private void once(String key, @Nullable Object earlier) {
        if (earlier != null) {
            throw bad("the key '" + key + "' twice");
        }
    }

    private <T> T present(String key, @Nullable T value) {
        if (value == null) {
            throw bad("no key '" + key + "'");
        }
        return value;
    }

    private DType descr() {
        skipSpace();
        if (peek() == '[') {
            throw new IllegalArgumentException("structured dtypes are not supported, one plain type was expected");
        }
        return NpyTypes.parse(string("a dtype"));
    }

    private boolean bool() {
        skipSpace();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw bad("no True or False for 'fortran_order'");
    }

    /** Python needs a comma to tell a tuple of one from a number in parentheses. */
    private int[] tuple() {
        expect('(');
        List<Integer> sizes = new ArrayList<>();
        boolean comma = true;
        while (!accept(')')) {
            if (!comma) {
                throw bad("no ',' or ')' in 'shape'");
            }
            sizes.add(size());
            comma = accept(',');
        }
        if (sizes.size() == 1 && !comma) {
            throw bad("no tuple for 'shape'");
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    private int size() {
        int start = at;
        boolean negative = peek() == '-';
        at += negative ? 1 : 0;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        int count = digits.length() - (negative ? 1 : 0);
        if (count == 0 || (count > 1 && digits.charAt(digits.length() - count) == '0')) {
            throw bad("no size in 'shape'");
        }
        if (negative) {
            throw new IllegalArgumentException("negative size " + digits + " in the .npy header's shape");
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("size " + digits + " in the .npy header's shape is more than 2147483647",
                    e);
        }
    }

    /** A string in either kind of quotes; there is nothing in a header that would need an escape. */
    private String string(String what) {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw bad("no string for " + what);
        }
        int start = at + 1;
        int end = text.indexOf(quote, start);
        if (end < 0) {
            throw bad("a string without an end");
        }
        String string = text.substring(start, end);
        if (string.contains("\\") || string.chars().anyMatch(Character::isISOControl)) {
            throw bad("an escape or control character in a string");
        }
        at = end + 1;
        return string;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw bad("no '" + wanted + "'");
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    /** The next character, NUL at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private IllegalArgumentException bad(String what) {
        String shown = text.length() > 120 ? text.substring(0, 120) + "..." : text;
        return new IllegalArgumentException(
                "malformed .npy header, " + what + " at character " + at + ": "
                        + shown.strip().replaceAll("\\p{gc=Cc}", "?"));
    }
}
