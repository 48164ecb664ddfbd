package dev.lanewise.bench.net;

import dev.lanewise.core.tensor.Tensor;

/** The largest of each 2x2 window, stride 2; an odd last row or column is left out. */
final class MaxPool2x2 {
    private MaxPool2x2() {
    }

    /**
     * Computes all planes.
     *
     * @param x [N, C, H, W], float32, contiguous
     * @param y [N, C, H/2, W/2], float32, contiguous
     */
    static void run(Tensor x, Tensor y) {
        float[] in = x.floats();
        float[] out = y.floats();
        int columns = y.size(3);
        int rows = y.size(2);
        for (int plane = 0; plane < y.size(0) * y.size(1); plane++) {
            for (int p = 0; p < rows; p++) {
                int upper = x.offset() + (plane * x.size(2) + 2 * p) * x.size(3);
                row(in, upper, upper + x.size(3), out, y.offset() + (plane * rows + p) * columns, columns);
            }
        }
    }

    private static void row(float[] in, int upper, int lower, float[] out, int to, int columns) {
        for (int q = 0; q < columns; q++) {
            float above = Math.max(in[upper + 2 * q], in[upper + 2 * q + 1]);
            float below = Math.max(in[lower + 2 * q], in[lower + 2 * q + 1]);
            out[to + q] = Math.max(above, below);
        }
    }
}
