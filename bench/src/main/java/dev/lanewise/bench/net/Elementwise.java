package dev.lanewise.bench.net;

/** Element-wise float32 operations, in loops that the JIT compiler vectorizes by itself. */
final class Elementwise {
    private Elementwise() {
    }

    /** {@code y = max(x, +0)}. */
    static void relu(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    /** {@code y = a + b}. */
    static void add(float[] a, float[] b, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] + b[i];
        }
    }
}
