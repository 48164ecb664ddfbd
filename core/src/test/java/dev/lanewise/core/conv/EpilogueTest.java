package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The epilogues by known values: a 1x1 convolution with weight 1 hands x to them as it is, but for -0, which its +0 sum swallows. */
class EpilogueTest {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float[] X = {-INF, -4, -3, -1.5f, 0, 1.5f, 3, 7, INF, Float.NaN};

    @Test
    void reluIsTheGreaterOfZero() {
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1.5f, 3, 7, INF, Float.NaN}, run(Epilogue.relu()));
    }

    @Test
    void reluMakesNegativeZeroPositive() {
        Tensor bias = Tensor.of(new float[] {-0f}, 1);
        Conv2dShape shape = Conv2dShape.of(DType.FLOAT32, new int[] {1, 1, 1, 1}, weight(), bias, Conv2dSpec.DEFAULT);
        Conv2dPlan plan = Conv2dProviders.reference().plan(shape, Tensor.of(new float[] {-1e-40f}, 1, 1, 1, 1), bias,
                Conv2dOptions.DEFAULT.withEpilogues(Epilogue.relu()));
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 1, 1, 1);
        plan.run(Tensor.of(new float[] {1e-40f}, 1, 1, 1, 1), y); // the product underflows to -0
        assertEquals(0, Float.floatToIntBits(y.floats()[0]));
    }

    @Test
    void clampKeepsBothBounds() {
        assertArrayEquals(new float[] {-2, -2, -2, -1.5f, 0, 1.5f, 2.5f, 2.5f, 2.5f, Float.NaN},
                run(Epilogue.clamp(-2, 2.5)));
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1.5f, 3, 6, 6, Float.NaN}, run(Epilogue.relu6()));
    }

    @Test
    void hardSwishByItsDefinition() {
        float[] expected = {Float.NaN, -0f, -0f, -0.375f, 0, 1.125f, 3, 7, INF, Float.NaN}; // -inf times 0 is NaN
        assertArrayEquals(expected, run(Epilogue.hardSwish()));
    }

    @Test
    void stepsAreTakenInOrder() {
        assertArrayEquals(new float[] {-1, -1, -1, -1, 0, 1, 1, 1, 1, Float.NaN}, run(Epilogue.clamp(-1, 1)));
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1, 1, 1, 1, Float.NaN},
                run(Epilogue.relu(), Epilogue.clamp(-1, 1)));
    }

    @Test
    void theResidualIsAddedWhereItStands() {
        Tensor residual = Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 1, 1, 1, X.length);
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 1, 1, X.length);
        plan(Epilogue.addResidual(), Epilogue.relu()).run(x(), residual, y);
        assertArrayEquals(new float[] {0, 0, 0, 0, 1, 2.5f, 4, 8, INF, Float.NaN}, y.floats());
        plan(Epilogue.relu(), Epilogue.addResidual()).run(x(), residual, y);
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 2.5f, 4, 8, INF, Float.NaN}, y.floats());
    }

    @Test
    void badResidualsAreRefusedAndLeaveTheOutputAlone() {
        float[] array = new float[2 * X.length];
        Tensor y = Tensor.strided(DType.FLOAT32, array, 0, new int[] {1, 1, 1, X.length}, new int[] {10, 10, 10, 1});
        Conv2dPlan adds = plan(Epilogue.addResidual());
        assertMessage("this plan adds a residual of shape [1, 1, 1, 10], but got none", () -> adds.run(x(), y));
        assertMessage("expected residual to be float32[1, 1, 1, 10], but got float32[1, 1, 1, 9]",
                () -> adds.run(x(), Tensor.zeros(DType.FLOAT32, 1, 1, 1, 9), y));
        Tensor beside = Tensor.strided(DType.FLOAT32, array, 5, new int[] {1, 1, 1, X.length},
                new int[] {10, 10, 10, 1});
        Tensor sameArray = y.slice(3, 0, X.length, 1);
        assertMessage("y float32[1, 1, 1, 10] overlaps the residual float32[1, 1, 1, 10] in memory",
                () -> adds.run(x(), sameArray, y));
        assertMessage("this plan adds no residual, but got one: float32[1, 1, 1, 10]",
                () -> plan().run(x(), beside, y));
        assertArrayEquals(new float[2 * X.length], array);
    }

    @Test
    void boundsThatAreNoIntervalAreRefused() {
        assertMessage("expected clamp bounds low <= high, but got low=2.0, high=1.0", () -> Epilogue.clamp(2, 1));
        assertMessage("expected clamp bounds low <= high, but got low=NaN, high=1.0",
                () -> Epilogue.clamp(Double.NaN, 1));
    }

    @Test
    void integersHaveNone() {
        Tensor weight = Tensor.zeros(DType.INT32, 1, 1, 1, 1);
        Conv2dShape shape = Conv2dShape.of(DType.INT32, new int[] {1, 1, 1, 1}, weight, null, Conv2dSpec.DEFAULT);
        assertMessage("epilogues are for float32 and float64, not for int32",
                () -> Conv2dProviders.reference().plan(shape, weight, null,
                        Conv2dOptions.DEFAULT.withEpilogues(Epilogue.relu())));
    }

    private static void assertMessage(String expected, Runnable call) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static float[] run(Epilogue... epilogues) {
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 1, 1, X.length);
        plan(epilogues).run(x(), y);
        return y.floats();
    }

    private static Tensor x() {
        return Tensor.of(X.clone(), 1, 1, 1, X.length);
    }

    private static Tensor weight() {
        return Tensor.of(new float[] {1}, 1, 1, 1, 1);
    }

    private static Conv2dPlan plan(Epilogue... epilogues) {
        Conv2dShape shape = Conv2dShape.of(x(), weight(), null, Conv2dSpec.DEFAULT);
        return Conv2dProviders.reference().plan(shape, weight(), null, Conv2dOptions.DEFAULT.withEpilogues(epilogues));
    }
}
