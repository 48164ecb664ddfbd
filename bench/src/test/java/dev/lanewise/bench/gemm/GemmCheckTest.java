package dev.lanewise.bench.gemm;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.bench.report.WrongAnswerException;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GemmCheckTest {
    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT32", "FLOAT64"})
    void theProductPassesAndWhatIsOffByMoreThanRoundingDoesNot(DType dtype) {
        GemmProblem problem = GemmProblem.of(GemmSize.parse("5x7x300"), dtype);
        LanewiseGemm ours = new LanewiseGemm(problem, Workers.sequential());
        ours.call();
        double[] c = ours.output();
        GemmCheck check = new GemmCheck(problem);
        check.check("lanewise", c);
        double off = problem.isDouble() ? 1e-11 : 1e-2;
        for (int i = 0; i < c.length; i++) {
            double right = c[i];
            for (double wrong : new double[] {right + off, right - off, Double.NaN, Double.POSITIVE_INFINITY}) {
                c[i] = wrong;
                assertThrows(WrongAnswerException.class, () -> check.check("off", c));
            }
            c[i] = right;
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT64"})
    void aFloat32ProductIsNoFloat64Product(DType dtype) {
        GemmProblem problem = GemmProblem.of(GemmSize.parse("4x4x16"), dtype);
        LanewiseGemm ours = new LanewiseGemm(problem, Workers.sequential());
        ours.call();
        double[] c = ours.output();
        for (int i = 0; i < c.length; i++) {
            c[i] = (float) c[i];
        }
        assertThrows(WrongAnswerException.class, () -> new GemmCheck(problem).check("float32", c));
    }
}
