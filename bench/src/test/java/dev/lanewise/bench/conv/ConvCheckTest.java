package dev.lanewise.bench.conv;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.layers.Layer;
import dev.lanewise.bench.report.WrongAnswerException;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvCheckTest {
    private static float[] reference(ConvProblem problem) {
        Conv2dPlan plan = Conv2dProviders.byName("reference").plan(problem.shape(), problem.weight(), problem.bias(),
                Conv2dOptions.DEFAULT);
        Tensor y = Tensor.zeros(DType.FLOAT32, problem.shape().outputShape());
        plan.run(problem.x(), y);
        return y.floats();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,1,8,8,1,3,1,0,1,1", "2,6,9,7,4,3,2,1,1,2", "1,4,11,11,4,5,1,2,2,4",
        "1,5,6,6,7,1,1,0,1,1", "1,3,9,9,2,3x1,1,1x0,1,1"})
    void theReferencePassesAndWhatIsOffByMoreThanRoundingDoesNot(String layer) {
        ConvProblem problem = ConvProblem.of(Layer.parse(layer));
        ConvCheck check = new ConvCheck(problem);
        float[] y = reference(problem);
        check.check("reference", y);
        for (int i = 0; i < y.length; i++) {
            float right = y[i];
            y[i] = right + 1e-3f;
            String message = String
                    .valueOf(assertThrows(WrongAnswerException.class, () -> check.check("off", y)).getMessage());
            assertTrue(message.startsWith("off on " + layer + " gave "), message);
            y[i] = Float.NaN;
            assertThrows(WrongAnswerException.class, () -> check.check("nan", y));
            y[i] = right;
        }
        assertThrows(WrongAnswerException.class, () -> check.check("short", new float[y.length - 1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,512,7,7,64,3,1,1,1,1"})
    void reducedPrecisionDoesNotPass(String layer) {
        ConvProblem problem = ConvProblem.of(Layer.parse(layer));
        float[] y = reference(problem);
        for (int i = 0; i < y.length; i++) {
            y[i] = Float.intBitsToFloat(Float.floatToIntBits(y[i]) & 0xffff0000); // bfloat16
        }
        assertThrows(WrongAnswerException.class, () -> new ConvCheck(problem).check("bfloat16", y));
    }
}
