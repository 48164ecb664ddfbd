package dev.lanewise.simd.conv;

import dev.lanewise.simd.epilogue.FloatEpilogue;
import org.jspecify.annotations.Nullable;

/** A run's arrays, and what finishes its output. */
abstract class FloatRun extends ConvRun {
    private static final float[] NONE = {};

    private final FloatEpilogue epilogue;
    final FloatTouch imageTouch = new FloatTouch();
    float[] xArray = NONE;
    float[] yArray = NONE;
    private float[] residualArray = NONE;
    /** Tells a run from those before it. */
    int number;

    FloatRun(FloatEpilogue epilogue) {
        this.epilogue = epilogue;
    }

    @Override
    final void bind(Object xArray, @Nullable Object residualArray, Object yArray) {
        this.xArray = (float[]) xArray;
        this.yArray = (float[]) yArray;
        this.residualArray = residualArray == null ? NONE : (float[]) residualArray;
        number++;
    }

    @Override
    final void release() {
        bind(NONE, NONE, NONE);
    }

    /** Applies the epilogues to output pixels {@code first} to {@code first + count - 1} of one channel of one image, rows of {@code width} pixels. */
    final void finish(int n, int channel, int first, int count, int width) {
        if (epilogue.isEmpty()) {
            return;
        }
        int q = first % width;
        int p = first / width;
        for (int left = count; left > 0;) {
            int run = Math.min(left, width - q);
            epilogue.apply(yArray, y.at(n, channel, p, q), y.column, residualArray, residual.at(n, channel, p, q),
                    residual.column, run);
            left -= run;
            q = 0;
            p++;
        }
    }

    /** Applies the epilogues to {@code count} channels of one output pixel of one image, rows of {@code width} pixels. */
    final void finishPixel(int n, int channel, int count, int pixel, int width) {
        if (!epilogue.isEmpty()) {
            epilogue.apply(yArray, y.at(n, channel, pixel / width, pixel % width), y.channel, residualArray,
                    residual.at(n, channel, pixel / width, pixel % width), residual.channel, count);
        }
    }
}
