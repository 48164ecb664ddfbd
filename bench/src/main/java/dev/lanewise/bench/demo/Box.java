package dev.lanewise.bench.demo;

/**
 * A rectangle in an image, in pixels.
 *
 * @param left the left edge's x
 * @param top the upper edge's y
 * @param width its width
 * @param height its height
 */
public record Box(double left, double top, double width, double height) {

    /** Its middle. */
    public Point centre() {
        return new Point(left + width / 2, top + height / 2);
    }

    private double area() {
        return Math.max(width, 0) * Math.max(height, 0);
    }

    /** The area that both boxes cover as a share of the area that either covers, 0 to 1. */
    public double intersectionOverUnion(Box other) {
        double commonWidth = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
        double commonHeight = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
        if (commonWidth <= 0 || commonHeight <= 0) {
            return 0;
        }
        double common = commonWidth * commonHeight;
        return common / (area() + other.area() - common);
    }
}
