package dev.lanewise.bench.demo;

import dev.lanewise.core.tensor.Tensor;

/**
 * Shrinks a photograph to the network's square input: it is put into the middle of a black square, which is averaged down.
 * Remembers how, so that places in the square can be mapped back.
 */
final class Letterbox {
    /** Edge length of the network's input in pixels. */
    static final int SIZE = 128;
    private static final int CHANNELS = 3;

    private final Photograph photograph;
    /** Photograph pixels to one input pixel. */
    private final double scale;
    private final double left;
    private final double top;

    Letterbox(Photograph photograph) {
        this.photograph = photograph;
        int edge = Math.max(photograph.width(), photograph.height());
        this.scale = (double) edge / SIZE;
        this.left = (edge - photograph.width()) / 2.0;
        this.top = (edge - photograph.height()) / 2.0;
    }

    /** The input [1, 128, 128, 3]: red, green and blue from -1 (0) to 1 (255). */
    Tensor input() {
        float[] values = new float[SIZE * SIZE * CHANNELS];
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    values[(row * SIZE + column) * CHANNELS
                            + channel] = (float) average(row, column, channel) / 127.5f - 1;
                }
            }
        }
        return Tensor.of(values, 1, SIZE, SIZE, CHANNELS);
    }

    /** The mean over the part of the square that one input pixel covers, each pixel weighted by how much of it is covered. */
    private double average(int row, int column, int channel) {
        double y0 = row * scale - top;
        double y1 = (row + 1) * scale - top;
        double x0 = column * scale - left;
        double x1 = (column + 1) * scale - left;
        double sum = 0;
        for (int y = Math.max((int) Math.floor(y0), 0); y < y1 && y < photograph.height(); y++) {
            double rowWeight = Math.min(y + 1, y1) - Math.max(y, y0);
            for (int x = Math.max((int) Math.floor(x0), 0); x < x1 && x < photograph.width(); x++) {
                sum += rowWeight * (Math.min(x + 1, x1) - Math.max(x, x0)) * photograph.sample(x, y, channel);
            }
        }
        return sum / (scale * scale);
    }

    /** A face in the square as one in the photograph. */
    Face toPhotograph(Face face) {
        Box box = face.box();
        Point corner = toPhotograph(new Point(box.left(), box.top()));
        Box mapped = new Box(corner.x(), corner.y(), box.width() * scale, box.height() * scale);
        return new Face(face.score(), mapped, face.keyPoints().stream().map(this::toPhotograph).toList());
    }

    private Point toPhotograph(Point point) {
        return new Point(point.x() * scale - left, point.y() * scale - top);
    }
}
