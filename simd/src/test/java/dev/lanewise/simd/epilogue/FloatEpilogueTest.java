package dev.lanewise.simd.epilogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.epilogue.EpilogueSteps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of elements against the steps one element at a time; what lies between and around the elements stays. */
class FloatEpilogueTest {
    private static final int LENGTH = 80;
    private static final List<List<Epilogue>> KINDS = List.of(List.of(Epilogue.relu()), List.of(Epilogue.clamp(-2, 3)),
            List.of(Epilogue.hardSwish()), List.of(Epilogue.addResidual()),
            List.of(Epilogue.addResidual(), Epilogue.relu(), Epilogue.hardSwish()));

    private static float[] values(int seed) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (i * 7 + seed) % 23 - 11.25f;
        }
        values[20] = Float.NaN;
        values[21] = -0f;
        values[22] = Float.NEGATIVE_INFINITY;
        return values;
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0, 1, 80", "3, 1, 5, 1, 41", "3, 1, 5, 2, 37", "2, 2, 5, 1, 35", "1, 3, 2, 2, 26",
        "7, 1, 7, 1, 0"})
    void eachElementOnce(int at, int step, int residualAt, int residualStep, int count) {
        for (List<Epilogue> kind : KINDS) {
            float[] y = values(0);
            float[] residual = values(5);
            float[] expected = values(0);
            EpilogueSteps steps = new EpilogueSteps(kind);
            for (int i = 0; i < count; i++) {
                int place = at + i * step;
                expected[place] = steps.apply(expected[place], residual[residualAt + i * residualStep]);
            }
            new FloatEpilogue(kind).apply(y, at, step, residual, residualAt, residualStep, count);
            assertArrayEquals(expected, y, kind.toString());
            assertArrayEquals(values(5), residual, kind.toString());
        }
    }

    @Test
    void noStepsAreEmpty() {
        assertTrue(new FloatEpilogue(List.of()).isEmpty());
        assertFalse(new FloatEpilogue(List.of(Epilogue.relu())).isEmpty());
    }
}
