package dev.lanewise.simd.epilogue;

import dev.lanewise.core.epilogue.Epilogue;
import java.util.List;

/**
 * Applies epilogues to a run of finished elements, step after step: plain loops, which C2 turns into vector code by itself, over a piece
 * of y that has just been written and is still in the L1 cache.
 */
public final class FloatEpilogue {
    private final Epilogue[] steps;

    /** The steps, in order. */
    public FloatEpilogue(List<Epilogue> steps) {
        this.steps = steps.toArray(new Epilogue[0]);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.length == 0;
    }

    /**
     * Replaces {@code count} elements of y.
     *
     * @param step elements from one to the next
     * @param residual the residual's array, not read without {@link Epilogue.AddResidual}
     */
    @SuppressWarnings("cast") // the twin casts a double to double
    public void apply(float[] y, int at, int step, float[] residual, int residualAt, int residualStep, int count) {
        for (Epilogue epilogue : steps) {
            switch (epilogue) {
                case Epilogue.Relu relu -> relu(y, at, step, count);
                case Epilogue.Clamp clamp -> clamp(y, at, step, count, (float) clamp.low(), (float) clamp.high());
                case Epilogue.HardSwish hardSwish -> hardSwish(y, at, step, count);
                case Epilogue.AddResidual add -> add(y, at, step, residual, residualAt, residualStep, count);
            }
        }
    }

    private static void relu(float[] y, int at, int step, int count) {
        if (step == 1) { // the same loop with a constant step, which C2 can vectorize
            for (int i = at; i < at + count; i++) {
                y[i] = Math.max(y[i], 0f);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            y[at + i * step] = Math.max(y[at + i * step], 0f);
        }
    }

    private static void clamp(float[] y, int at, int step, int count, float low, float high) {
        if (step == 1) {
            for (int i = at; i < at + count; i++) {
                y[i] = Math.min(Math.max(y[i], low), high);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            y[at + i * step] = Math.min(Math.max(y[at + i * step], low), high);
        }
    }

    private static void hardSwish(float[] y, int at, int step, int count) {
        if (step == 1) {
            for (int i = at; i < at + count; i++) {
                y[i] = y[i] * Math.min(Math.max(y[i] + 3f, 0f), 6f) / 6f;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            float v = y[at + i * step];
            y[at + i * step] = v * Math.min(Math.max(v + 3f, 0f), 6f) / 6f;
        }
    }

    private static void add(float[] y, int at, int step, float[] residual, int residualAt, int residualStep,
            int count) {
        if (step == 1 && residualStep == 1) {
            for (int i = 0; i < count; i++) {
                y[at + i] += residual[residualAt + i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            y[at + i * step] += residual[residualAt + i * residualStep];
        }
    }
}
