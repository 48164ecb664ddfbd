package dev.lanewise.bench.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Draws faces into an image: the box, the key points, the score. */
final class Drawing {
    private static final Color LINE = new Color(0x00, 0xE0, 0x5A);
    private static final Color POINT = new Color(0xFF, 0xD0, 0x20);
    /** Strokes and text grow with the image: one unit is a 300th of its longer edge, at least a pixel. */
    private static final double UNITS = 300;

    private final Graphics2D graphics;
    private final double unit;

    private Drawing(BufferedImage image) {
        this.graphics = image.createGraphics();
        this.unit = Math.max(1, Math.max(image.getWidth(), image.getHeight()) / UNITS);
    }

    static void draw(List<Face> faces, BufferedImage image) {
        Drawing drawing = new Drawing(image);
        drawing.graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        drawing.graphics.setStroke(new BasicStroke((float) drawing.unit));
        faces.forEach(drawing::draw);
        drawing.graphics.dispose();
    }

    private void draw(Face face) {
        Box box = face.box();
        graphics.setColor(LINE);
        graphics.draw(new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height()));
        graphics.setColor(POINT);
        for (Point point : face.keyPoints()) {
            graphics.fill(new Ellipse2D.Double(point.x() - 1.5 * unit, point.y() - 1.5 * unit, 3 * unit, 3 * unit));
        }
        score(String.format(Locale.ROOT, "%.2f", face.score()), box);
    }

    /** On a plate above the box, or inside it where there is no room above. */
    private void score(String text, Box box) {
        double size = Math.ceil(1.25 * unit); // whole pixels: crisp
        double height = (Digits.ROWS + 2) * size;
        double above = Math.rint(box.top()) - height;
        double top = above >= 0 ? above : Math.max(Math.rint(box.top()), 0);
        double left = Math.max(Math.rint(box.left()), 0);
        graphics.setColor(LINE);
        graphics.fill(new Rectangle2D.Double(left, top, (Digits.width(text) + 2) * size, height));
        graphics.setColor(Color.BLACK);
        Digits.draw(text, left + size, top + size, size, graphics);
    }
}
