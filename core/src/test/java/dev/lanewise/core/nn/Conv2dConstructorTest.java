package dev.lanewise.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments of the layer, checked as PyTorch's constructor checks them, and what it leaves to the first call. */
class Conv2dConstructorTest {
    private final Generator generator = new Generator(0);

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void groupsArePositive(int groups) {
        assertRefused("groups must be a positive integer", Conv2d.builder(3, 3, 3).groups(groups));
    }

    @Test
    void groupsDivideTheInputChannels() {
        assertRefused("in_channels must be divisible by groups", Conv2d.builder(3, 4, 3).groups(2));
    }

    @Test
    void groupsDivideTheOutputChannels() {
        assertRefused("out_channels must be divisible by groups", Conv2d.builder(2, 3, 3).groups(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "SAME", ""})
    void paddingStrings(String name) {
        assertRefused("Invalid padding string '" + name + "', should be one of {'same', 'valid'}",
                Conv2d.builder(1, 1, 3).padding(name));
    }

    @Test
    void sameIsForStrideOne() {
        assertRefused("padding='same' is not supported for strided convolutions",
                Conv2d.builder(1, 1, 3).padding("same").stride(1, 2));
        assertRefused("padding='same' is not supported for strided convolutions",
                Conv2d.builder(1, 1, 3).padding(Padding.SAME).stride(2));
    }

    @Test
    void paddingModes() {
        assertRefused(
                "padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='xyz'",
                Conv2d.builder(1, 1, 3).paddingMode("xyz"));
    }

    @Test
    void theFirstOfTwoErrorsIsTold() {
        assertRefused("in_channels must be divisible by groups",
                Conv2d.builder(3, 3, 3).groups(2).padding("foo").paddingMode("xyz"));
        assertRefused("out_channels must be divisible by groups", Conv2d.builder(2, 3, 3).groups(2).padding("foo"));
        assertRefused("Invalid padding string 'foo', should be one of {'same', 'valid'}",
                Conv2d.builder(1, 1, 3).padding("foo").stride(2).paddingMode("xyz"));
        assertRefused("padding='same' is not supported for strided convolutions",
                Conv2d.builder(1, 1, 3).padding("same").stride(2).paddingMode("xyz"));
    }

    /** A refused layer draws nothing: the next one has the weights of a fresh generator. */
    @Test
    void refusalDrawsNothing() {
        assertRefused("out_channels must be divisible by groups", Conv2d.builder(2, 3, 3).groups(2));
        assertEquals(-0.002495607f, Conv2d.builder(1, 1, 3).build(generator).weight().floats()[0]);
    }

    @Test
    void nonsenseThatOnlyTheCallRefuses() {
        Tensor x = Tensors.ones(1, 1, 5, 5);
        assertRefusedByForward("non-positive stride is not supported", Conv2d.builder(1, 1, 3).stride(0), x);
        assertRefusedByForward("non-positive stride is not supported", Conv2d.builder(1, 1, 3).stride(-1), x);
        assertRefusedByForward("negative padding is not supported", Conv2d.builder(1, 1, 3).padding(-1), x);
        assertRefusedByForward("dilation should be greater than zero", Conv2d.builder(1, 1, 3).dilation(-1), x);
        assertRefusedByForward("dilation should be greater than zero, but got [0, 1]",
                Conv2d.builder(1, 1, 3).dilation(0, 1), x);
    }

    @Test
    void oneNumberMeansBothAxes() {
        assertEquals("Conv2d(1, 1, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), dilation=(3, 3))",
                Conv2d.builder(1, 1, 3).stride(2).padding(1).dilation(3).build(generator).toString());
    }

    @Test
    void pairsAreHeightAndWidth() {
        Conv2d conv = Conv2d.builder(1, 1, 3, 5).stride(2, 3).padding(1, 4).dilation(2, 1).build(generator);
        assertEquals("Conv2d(1, 1, kernel_size=(3, 5), stride=(2, 3), padding=(1, 4), dilation=(2, 1))",
                conv.toString());
        // (9 + 2 - 2*2 - 1)/2 + 1 rows, (10 + 8 - 4 - 1)/3 + 1 columns
        assertArrayEquals(new int[] {1, 1, 4, 5}, conv.forward(Tensors.ones(1, 1, 9, 10)).shape());
    }

    @Test
    void describedAsInPython() {
        assertEquals(
                "Conv2d(4, 8, kernel_size=(1, 3), stride=(1, 1), padding=same, groups=2, bias=False, padding_mode=reflect)",
                Conv2d.builder(4, 8, 1, 3).padding("same").groups(2).bias(false).paddingMode("reflect").build(generator)
                        .toString());
    }

    @Test
    void shapesOfTheParameters() {
        Conv2d conv = Conv2d.builder(4, 6, 3, 2).groups(2).build(generator);
        assertArrayEquals(new int[] {6, 2, 3, 2}, conv.weight().shape());
        assertArrayEquals(new int[] {6}, Objects.requireNonNull(conv.bias()).shape());
        assertNull(Conv2d.builder(4, 6, 3).bias(false).build(generator).bias());
    }

    /** The weight is drawn first, then the bias; without a bias nothing is drawn for it. The arrays are in torch-rng-golden.json. */
    @Test
    void initialValues() {
        Conv2d withBias = Conv2d.builder(1, 1, 3).build(new Generator(0));
        assertArrayEquals(new float[] {-0.002495607f, 0.17881453f, -0.27434838f, -0.24531302f, -0.1283848f, 0.08938579f,
            -0.0066043935f, 0.2642965f, -0.02958135f}, withBias.weight().floats());
        assertEquals(0.08820419f, Objects.requireNonNull(withBias.bias()).floats()[0]);

        Generator without = new Generator(0);
        Conv2d.builder(1, 1, 3).bias(false).build(without);
        Generator nine = new Generator(0);
        RandomTensors.rand(nine, 9);
        assertEquals(nine.nextBits(), without.nextBits());
    }

    @Test
    void float64() {
        Conv2d conv = Conv2d.builder(1, 2, 3).dtype(DType.FLOAT64).build(generator);
        assertEquals(DType.FLOAT64, conv.forward(Tensors.ones(DType.FLOAT64, 1, 1, 4, 4)).dtype());
    }

    /** PyTorch's layers without inputs keep zeros in the bias, as nothing is drawn for it. */
    @Test
    void withoutInputChannels() {
        Conv2d conv = Conv2d.builder(0, 2, 3).build(generator);
        assertEquals(0, conv.weight().numel());
        assertArrayEquals(new float[2], Objects.requireNonNull(conv.bias()).floats());
        assertEquals(new Generator(0).nextBits(), generator.nextBits());
    }

    private void assertRefused(String message, Conv2dBuilder builder) {
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> builder.build(generator)).getMessage());
    }

    private void assertRefusedByForward(String message, Conv2dBuilder builder, Tensor x) {
        Conv2d conv = builder.build(generator);
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> conv.forward(x)).getMessage());
    }
}
