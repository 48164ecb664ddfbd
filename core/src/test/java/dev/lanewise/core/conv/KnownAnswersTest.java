package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.KnownAnswer;
import dev.lanewise.core.testkit.OnnxCases;
import dev.lanewise.core.testkit.TorchCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The reference against convolutions that others computed. */
class KnownAnswersTest {
    @TestFactory
    Stream<DynamicTest> torch() {
        List<KnownAnswer> cases = TorchCases.conv2d();

        assertEquals(100, cases.size());
        return cases.stream().map(KnownAnswersTest::test);
    }

    @TestFactory
    Stream<DynamicTest> onnx() {
        List<KnownAnswer> cases = OnnxCases.conv2d();

        assumeFalse(cases.isEmpty(), "the ONNX cases are not here");
        assertEquals(18, cases.size());
        return cases.stream().map(KnownAnswersTest::test);
    }

    private static DynamicTest test(KnownAnswer known) {
        return DynamicTest.dynamicTest(known.name(), () -> {
            Conv2dShape shape = Conv2dShape.of(known.x(), known.weight(), known.bias(), known.spec());
            Tensor y = Tensor.zeros(shape.dtype(), shape.outputShape());
            Conv2dProviders.reference().plan(shape, known.weight(), known.bias(), Conv2dOptions.DEFAULT).run(known.x(),
                    y);
            known.check(y);
        });
    }
}
