package dev.lanewise.bench.demo;

/** A place in an image, in pixels: (0, 0) is the upper left corner of the upper left pixel. */
public record Point(double x, double y) {
}
