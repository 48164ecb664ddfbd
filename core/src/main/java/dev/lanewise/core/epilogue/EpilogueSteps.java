package dev.lanewise.core.epilogue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The epilogues as the contract defines them, one element at a time. */
public final class EpilogueSteps {
    private final List<Epilogue> steps;

    /** These steps, in order. */
    public EpilogueSteps(List<Epilogue> steps) {
        this.steps = steps;
    }

    /**
     * Replaces one element of y.
     *
     * @param position its place in y's array
     * @param residualPosition the place of the residual's element in its array
     */
    public void apply(Tensor y, int position, @Nullable Tensor residual, int residualPosition) {
        double r = residual == null ? 0 : residual.storage().getDouble(residualPosition);
        if (y.dtype() == DType.FLOAT32) {
            y.floats()[position] = apply(y.floats()[position], (float) r);
        } else if (y.dtype() == DType.FLOAT64) {
            y.doubles()[position] = apply(y.doubles()[position], r);
        }
    }

    /** All steps on one value, where r is the residual's element. */
    public float apply(float value, float r) {
        float v = value;
        for (Epilogue step : steps) {
            v = apply(step, v, r);
        }
        return v;
    }

    /** All steps on one value, where r is the residual's element. */
    public double apply(double value, double r) {
        double v = value;
        for (Epilogue step : steps) {
            v = apply(step, v, r);
        }
        return v;
    }

    private static float apply(Epilogue step, float v, float r) {
        return switch (step) {
            case Epilogue.Relu relu -> Math.max(v, 0f);
            case Epilogue.Clamp clamp -> Math.min(Math.max(v, (float) clamp.low()), (float) clamp.high());
            case Epilogue.HardSwish hardSwish -> v * Math.min(Math.max(v + 3f, 0f), 6f) / 6f;
            case Epilogue.AddResidual add -> v + r;
        };
    }

    private static double apply(Epilogue step, double v, double r) {
        return switch (step) {
            case Epilogue.Relu relu -> Math.max(v, 0.0);
            case Epilogue.Clamp clamp -> Math.min(Math.max(v, clamp.low()), clamp.high());
            case Epilogue.HardSwish hardSwish -> v * Math.min(Math.max(v + 3, 0), 6) / 6;
            case Epilogue.AddResidual add -> v + r;
        };
    }
}
