package dev.lanewise.bench.demo;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Numbers in a 3x5 dot matrix: servers and containers often have no fonts, and Java fails there when asked for text. */
final class Digits {
    static final int ROWS = 5;
    private static final int COLUMNS = 3;
    private static final String CHARACTERS = "0123456789.";
    /** Each row of a character as an octal digit, from the top. */
    private static final int[] DOTS = {075557, 026227, 071747, 071717, 055711, 074717, 074757, 071122, 075757, 075717,
        000002};

    private Digits() {
    }

    /** The dots from a text's left to its right end. */
    static int width(String text) {
        return text.length() * (COLUMNS + 1) - 1;
    }

    static void draw(String text, double left, double top, double size, Graphics2D graphics) {
        for (int i = 0; i < text.length(); i++) {
            int dots = DOTS[CHARACTERS.indexOf(text.charAt(i))];
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    if ((dots >>> (ROWS - row) * COLUMNS - 1 - column & 1) != 0) {
                        graphics.fill(new Rectangle2D.Double(left + (i * (COLUMNS + 1) + column) * size,
                                top + row * size, size, size));
                    }
                }
            }
        }
    }
}
