package dev.lanewise.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.KnownAnswer;
import dev.lanewise.core.testkit.TorchCases;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer's results, and that the plan it keeps is neither stale nor made twice. */
class Conv2dLayerTest {
    private final Generator generator = new Generator(0);
    private final Conv2d conv = Conv2d.builder(1, 1, 1).build(generator);
    private final Tensor x = Tensors.full(DType.FLOAT32, 2, 1, 1, 3, 3);

    static List<KnownAnswer> knownAnswers() {
        return TorchCases.conv2d();
    }

    /** PyTorch's results, with all padding modes. */
    @ParameterizedTest
    @MethodSource("knownAnswers")
    void torch(KnownAnswer known) {
        Conv2dSpec spec = known.spec();
        Conv2d layer = Conv2d
                .builder(known.weight().size(1) * spec.groups(), known.weight().size(0), known.weight().size(2),
                        known.weight().size(3))
                .spec(spec).build(known.weight(), known.bias());
        known.check(layer.forward(known.x()));
    }

    @ParameterizedTest
    @CsvSource({"zeros, 0 0 1 2 3 0 0", "reflect, 3 2 1 2 3 2 1", "replicate, 1 1 1 2 3 3 3",
        "circular, 2 3 1 2 3 1 2"})
    void paddingModes(String mode, String expected) {
        Conv2d identity = Conv2d.builder(1, 1, 1).padding(0, 2).paddingMode(mode).build(Tensors.ones(1, 1, 1, 1), null);
        assertEquals(expected, text(identity.forward(oneTwoThree())));
    }

    /** A kernel of four taps in powers of ten shows what each sees: one pixel before, two behind. */
    @ParameterizedTest
    @CsvSource({"zeros, 3210 321 32", "reflect, 3212 2321 1232", "replicate, 3211 3321 3332",
        "circular, 3213 1321 2132"})
    void same(String mode, String expected) {
        Conv2d same = Conv2d.builder(1, 1, 1, 4).padding("same").paddingMode(mode)
                .build(Tensor.of(new float[] {1, 10, 100, 1000}, 1, 1, 1, 4), null);
        assertEquals(expected, text(same.forward(oneTwoThree())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "reflect", "replicate", "circular"})
    void valid(String mode) {
        Conv2d valid = Conv2d.builder(1, 1, 1, 2).padding("valid").paddingMode(mode)
                .build(Tensor.of(new float[] {1, 10}, 1, 1, 1, 2), null);
        assertEquals("21 32", text(valid.forward(oneTwoThree())));
    }

    private static Tensor oneTwoThree() {
        return Tensor.of(new float[] {1, 2, 3}, 1, 1, 3);
    }

    private static String text(Tensor y) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < y.numel(); i++) {
            text.append(i > 0 ? " " : "").append((int) y.floats()[i]);
        }
        return text.toString();
    }

    @Test
    void batchedAndNot() {
        assertArrayEquals(new int[] {1, 1, 3, 3}, conv.forward(x).shape());
        assertArrayEquals(new int[] {1, 3, 3}, conv.forward(x.squeeze(0)).shape());
    }

    @Test
    void keepsThePlanWhileNothingChanges() {
        assertSame(conv.plan(x), conv.plan(x));
        assertSame(conv.plan(x), conv.plan(x.copy()));
        assertNotSame(conv.plan(x), conv.plan(Tensors.ones(1, 1, 4, 4)));
    }

    @Test
    void seesANewWeightWithAnInputOfAnotherSize() {
        conv.setBias(null);
        conv.forward(x);
        conv.weight().set(3, 0, 0, 0, 0);
        assertEquals(3, conv.forward(Tensors.ones(1, 1, 4, 4)).floats()[0]);
        assertEquals(6, first());
    }

    @Test
    void seesANewWeight() {
        conv.forward(x);
        conv.setWeight(Tensors.full(DType.FLOAT32, 5, 1, 1, 1, 1));
        conv.setBias(null);
        assertEquals(10, first());
    }

    @Test
    void seesAWeightOfAnotherShape() {
        conv.forward(x);
        conv.setBias(null);
        conv.setWeight(Tensors.ones(2, 1, 3, 3));
        assertArrayEquals(new int[] {1, 2, 1, 1}, conv.forward(x).shape());
    }

    @Test
    void seesElementsThatAreSet() {
        conv.setBias(null);
        conv.forward(x);
        conv.weight().set(3, 0, 0, 0, 0);
        assertEquals(6, first());
    }

    @Test
    void seesWritesThroughViews() {
        conv.setBias(null);
        Tensor view = conv.weight().reshape(-1).select(0, 0).unsqueeze(0).expand(1);
        conv.forward(x);
        Assignment.fill(view, 4);
        assertEquals(8, first());
        view.copyFrom(Tensor.of(new float[] {7}, 1));
        assertEquals(14, first());
        RandomTensors.fillUniform(generator, view, 9, 9);
        assertEquals(18, first());
        RandomTensors.fillNormal(generator, view, 11, 0);
        assertEquals(22, first());
        Assignment.assign(view, Tensor.of(new long[] {12}));
        assertEquals(24, first());
    }

    /** A layer that writes its result over another layer's weight. */
    @Test
    void seesResultsOfPlans() {
        conv.setBias(null);
        conv.forward(x);
        Conv2d other = Conv2d.builder(1, 1, 1).build(Tensors.full(DType.FLOAT32, 3, 1, 1, 1, 1), null);
        Tensor input = Tensors.ones(1, 1, 1, 1);
        other.plan(input).run(input, conv.weight());
        assertEquals(6, first());
    }

    @Test
    void seesTheArrayOnceToldOf() {
        conv.setBias(null);
        conv.weight().floats()[0] = 1;
        conv.weight().markModified();
        assertEquals(2, first());
        conv.weight().floats()[0] = 9;
        conv.weight().markModified();
        assertEquals(18, first());
    }

    @Test
    void seesTheBias() {
        conv.setWeight(Tensors.ones(1, 1, 1, 1));
        conv.forward(x);
        Objects.requireNonNull(conv.bias()).set(1, 0);
        assertEquals(3, first());
        conv.setBias(Tensor.of(new float[] {5}, 1));
        assertEquals(7, first());
    }

    @Test
    void errorsAreThoseOfConv2d() {
        assertEquals(
                "Given groups=1, weight of size [1, 1, 1, 1], expected input[1, 2, 3, 3] to have 1 channels, but got 2 channels instead",
                assertThrows(IllegalArgumentException.class, () -> conv.forward(Tensors.ones(1, 2, 3, 3)))
                        .getMessage());
        conv.setWeight(Tensors.ones(1, 1));
        assertEquals("weight should have at least three dimensions",
                assertThrows(IllegalArgumentException.class, () -> conv.forward(x)).getMessage());
    }

    private float first() {
        return conv.forward(x).floats()[0];
    }
}
