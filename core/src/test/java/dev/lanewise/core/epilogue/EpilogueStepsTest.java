package dev.lanewise.core.epilogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One element through the steps, in both types; values that are exact in both. */
class EpilogueStepsTest {
    private static final double RESIDUAL = 0.25;

    @ParameterizedTest
    @CsvSource({
        "-Infinity, 0,        -2,  0, NaN,    -Infinity",
        "-4,        0,        -2,  0, 0,      -3.75",
        "-3,        0,        -2,  0, 0,      -2.75",
        "-1.5,      0,        -1.5, 0, -0.375, -1.25",
        "0,         0,        0,   0, 0,      0.25",
        "1.5,       1.5,      1.5, 1.5, 1.125, 1.75",
        "3,         3,        2.5, 3, 3,      3.25",
        "7,         7,        2.5, 6, 7,      7.25",
        "Infinity,  Infinity, 2.5, 6, Infinity, Infinity",
        "NaN,       NaN,      NaN, NaN, NaN,  NaN"})
    void eachStep(double v, double relu, double clamp, double relu6, double hardSwish, double sum) {
        assertStep(relu, v, Epilogue.relu());
        assertStep(clamp, v, Epilogue.clamp(-2, 2.5));
        assertStep(relu6, v, Epilogue.relu6());
        assertStep(hardSwish, v, Epilogue.hardSwish());
        assertStep(sum, v, Epilogue.addResidual());
    }

    private static void assertStep(double expected, double v, Epilogue step) {
        EpilogueSteps steps = new EpilogueSteps(List.of(step));
        assertEquals(expected + 0.0, steps.apply(v, RESIDUAL) + 0.0, step.toString()); // of zeros only the value
        assertEquals((float) expected + 0f, steps.apply((float) v, (float) RESIDUAL) + 0f, step.toString());
    }

    @Test
    void reluOfNegativeZeroIsPositive() {
        EpilogueSteps relu = new EpilogueSteps(List.of(Epilogue.relu()));
        assertEquals(0f, relu.apply(-0f, 0f));
        assertEquals(0.0, relu.apply(-0.0, 0.0));
    }

    @Test
    void inOrder() {
        EpilogueSteps addsFirst = new EpilogueSteps(List.of(Epilogue.addResidual(), Epilogue.relu()));
        EpilogueSteps addsLast = new EpilogueSteps(List.of(Epilogue.relu(), Epilogue.addResidual()));
        assertEquals(0, addsFirst.apply(-1.0, RESIDUAL));
        assertEquals(RESIDUAL, addsLast.apply(-1.0, RESIDUAL));
        assertEquals(0f, addsFirst.apply(-1f, 0.25f));
        assertEquals(0.25f, addsLast.apply(-1f, 0.25f));
    }

    @Test
    void oneElementOfATensor() {
        EpilogueSteps steps = new EpilogueSteps(List.of(Epilogue.addResidual()));
        Tensor floats = Tensor.of(new float[] {1, 2, 3}, 3);
        steps.apply(floats, 1, Tensor.of(new float[] {10, 20, 30}, 3), 2);
        assertArrayEquals(new float[] {1, 32, 3}, floats.floats());
        steps.apply(floats, 0, null, 0);
        assertArrayEquals(new float[] {1, 32, 3}, floats.floats());
        Tensor doubles = Tensor.of(new double[] {1, 2, 3}, 3);
        steps.apply(doubles, 2, Tensor.of(new double[] {10, 20, 30}, 3), 0);
        assertArrayEquals(new double[] {1, 2, 13}, doubles.doubles());
    }

    @Test
    void boundsAreAnInterval() {
        assertEquals(new Epilogue.Clamp(1, 1), Epilogue.clamp(1, 1));
        assertThrows(IllegalArgumentException.class, () -> Epilogue.clamp(1, 0));
        assertThrows(IllegalArgumentException.class, () -> Epilogue.clamp(0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Epilogue.clamp(Double.NaN, 0));
    }
}
