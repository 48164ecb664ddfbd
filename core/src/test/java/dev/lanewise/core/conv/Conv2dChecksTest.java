package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.tensor.DType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** PyTorch's messages, and which of them comes when a call is wrong in two ways. */
class Conv2dChecksTest {
    private static final String BIAS_TYPE = "Input type (float) and bias type (double) should be the same";
    private static final String RANK = "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [5, 6]";
    private static final String WEIGHT_RANK = "weight should have at least three dimensions";
    private static final String GROUPS = "non-positive groups is not supported";
    private static final String PADDING = "negative padding is not supported";
    private static final String STRIDE = "non-positive stride is not supported";
    private static final String DILATION = "dilation should be greater than zero";
    private static final String SAME_STRIDE = "padding='same' is not supported for strided convolutions";
    private static final String CROPPED = "narrow(): length must be non-negative.";
    private static final String WRAPPED = "Padding value causes wrapping around more than once.";

    @Test
    void theUnchangedCallIsGood() {
        assertArrayEquals(new int[] {1, 4, 6, 6}, new Call().shape().outputShape());
    }

    /** Each check alone, in PyTorch's order. */
    @TestFactory
    Stream<DynamicTest> checks() {
        return Stream.of(
                row(BIAS_TYPE, call -> call.bias(DType.FLOAT64, 4)),
                row(RANK, call -> call.x(5, 6)),
                row("Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: []", Call::x),
                row("Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [1, 2, 3, 4, 5]",
                        call -> call.x(1, 2, 3, 4, 5)),
                row(WEIGHT_RANK, call -> call.weight(3, 3)),
                row(GROUPS, call -> call.groups(0)),
                row(GROUPS, call -> call.groups(-1)),
                row(list("stride", 2, "[1, 1, 1]"), call -> call.stride(1, 1, 1)),
                row(list("stride", 2, "[]"), Call::stride),
                row(list("padding", 2, "[1, 1, 1]"), call -> call.padding(1, 1, 1)),
                row(list("padding", 2, "[]"), Call::padding),
                row(list("dilation", 2, "[1, 1, 1]"), call -> call.dilation(1, 1, 1)),
                row(list("dilation", 2, "[]"), Call::dilation),
                row(list("stride", 1, "[1, 1]"), call -> call.weight(1, 2, 2)),
                row(list("padding", 1, "[0, 0]"), call -> call.weight(1, 2, 2).stride(1)),
                row(list("dilation", 1, "[1, 1]"), call -> call.weight(1, 2, 2).stride(1).padding(0)),
                row(list("output_padding", 1, "[0, 0]"), call -> call.weight(1, 2, 2).stride(1).padding(0).dilation(1)),
                row(list("stride", 3, "[1, 1]"), call -> call.weight(1, 2, 2, 2, 2)),
                row(PADDING, call -> call.padding(-1)),
                row(PADDING, call -> call.padding(0, -1)),
                row(STRIDE, call -> call.stride(0)),
                row(STRIDE, call -> call.stride(1, -1)),
                row(DILATION, call -> call.dilation(-1)),
                row(DILATION, call -> call.dilation(1, -1)),
                row("Expected 3-dimensional input for 3-dimensional weight [1, 2, 2], but got 4-dimensional input of size [1, 1, 4, 3] instead",
                        call -> call.x(1, 1, 4, 3).weight(1, 2, 2).stride(1).dilation(1).padding(Padding.VALID)),
                row("Given groups=3, expected weight to be at least 3 at dimension 0, but got weight of size [2, 2, 1, 3] instead",
                        call -> call.weight(2, 2, 1, 3).groups(3)),
                row("Given groups=1, expected weight to be at least 1 at dimension 0, but got weight of size [0, 3, 3, 3] instead",
                        call -> call.weight(0, 3, 3, 3)),
                row("Given groups=2, expected weight to be divisible by 2 at dimension 0, but got weight of size [[3, 2, 3, 3]] instead",
                        call -> call.weight(3, 2, 3, 3).groups(2)),
                row("Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 5, 8, 8] to have 3 channels, but got 5 channels instead",
                        call -> call.x(1, 5, 8, 8)),
                row("Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 5, 8, 8] to have 3 channels, but got 5 channels instead",
                        call -> call.x(5, 8, 8)),
                row("Given groups=2, weight of size [4, 2, 3, 3], expected input[1, 3, 8, 8] to have 4 channels, but got 3 channels instead",
                        call -> call.weight(4, 2, 3, 3).groups(2)),
                row("Given weight of size [1, 1, 3, 2], expected bias to be 1-dimensional with 1 elements, but got bias of size [2] instead",
                        call -> call.x(1, 1, 8, 8).weight(1, 1, 3, 2).bias(2)),
                row("Given weight of size [1, 1, 3, 2], expected bias to be 1-dimensional with 1 elements, but got bias of size [1, 1] instead",
                        call -> call.x(1, 1, 8, 8).weight(1, 1, 3, 2).bias(1, 1)),
                row("Given weight of size [1, 1, 3, 2], expected bias to be 1-dimensional with 1 elements, but got bias of size [] instead",
                        call -> call.x(1, 1, 8, 8).weight(1, 1, 3, 2).bias()),
                row("Calculated padded input size per channel: (4 x 11). Kernel size: (5 x 5). Kernel size can't be greater than actual input size",
                        call -> call.x(1, 3, 2, 7).padding(1, 2).dilation(2)),
                row("Calculated padded input size per channel: (2 x 8). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
                        call -> call.x(0, 3, 2, 8)),
                row("Only zero batch or zero channel inputs are supported, but got input shape: [2, 3, 0, 5]",
                        call -> call.x(2, 3, 0, 5).padding(2)),
                row("dilation should be greater than zero, but got [0, 1]", call -> call.dilation(0, 1)),
                row("dilation should be greater than zero, but got [0, 0]", call -> call.dilation(0)),
                row("expected a kernel of at least one tap on each axis, but got weight of size [4, 3, 0, 3]",
                        call -> call.weight(4, 3, 0, 3)),
                row("expected scalar type Float but found Double", call -> call.weightType(DType.FLOAT64)),
                row("expected scalar type Long but found Float", call -> call.dtype(DType.INT64)),
                row("\"slow_conv2d_cpu\" not implemented for 'Bool'",
                        call -> call.dtype(DType.BOOL).weightType(DType.BOOL)),
                row("shape [1, 4, 30000, 30000] has more than 2147483647 elements",
                        call -> call.x(1, 1, 30000, 30000).weight(4, 1, 1, 1)),
                row("a padded axis of 4294967302 pixels is too long, at most 2147483647 are possible",
                        call -> call.padding(2147483647, 0)));
    }

    /** Wrong in two ways: the check that comes first speaks. */
    @TestFactory
    Stream<DynamicTest> theFirstCheckWins() {
        return Stream.of(
                row(BIAS_TYPE, call -> call.bias(DType.FLOAT64, 4).x(5, 6)),
                row(RANK, call -> call.x(5, 6).weight(3, 3)),
                row(WEIGHT_RANK, call -> call.weight(3, 3).groups(0)),
                row(GROUPS, call -> call.groups(0).stride(1, 1, 1)),
                row(list("stride", 2, "[1, 1, 1]"), call -> call.stride(1, 1, 1).padding(1, 1, 1)),
                row(list("padding", 2, "[1, 1, 1]"), call -> call.padding(1, 1, 1).dilation(1, 1, 1)),
                row(list("dilation", 2, "[1, 1, 1]"), call -> call.dilation(1, 1, 1).padding(-1)),
                row(PADDING, call -> call.padding(-1).stride(0)),
                row(STRIDE, call -> call.stride(0).dilation(-1)),
                row(DILATION, call -> call.dilation(-1).weight(1, 2, 2).stride(1).padding(Padding.VALID)),
                row(DILATION, call -> call.dilation(-1).groups(5)),
                row("Expected 3-dimensional input for 3-dimensional weight [1, 2, 2], but got 4-dimensional input of size [1, 3, 8, 8] instead",
                        call -> call.weight(1, 2, 2).stride(1).dilation(1).padding(Padding.VALID).groups(5)),
                row("Given groups=5, expected weight to be at least 5 at dimension 0, but got weight of size [4, 3, 3, 3] instead",
                        call -> call.groups(5)), // 5 does not divide 4 either
                row("Given groups=3, expected weight to be divisible by 3 at dimension 0, but got weight of size [[4, 3, 3, 3]] instead",
                        call -> call.groups(3)), // 9 channels would be needed
                row("Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 5, 8, 8] to have 3 channels, but got 5 channels instead",
                        call -> call.x(1, 5, 8, 8).bias(3)),
                row("Given weight of size [4, 3, 3, 3], expected bias to be 1-dimensional with 4 elements, but got bias of size [3] instead",
                        call -> call.bias(3).x(1, 3, 2, 2)),
                row("Calculated padded input size per channel: (0 x 5). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
                        call -> call.x(2, 3, 0, 5)),
                row("Calculated padded input size per channel: (2 x 2). Kernel size: (1 x 3). Kernel size can't be greater than actual input size",
                        call -> call.x(2, 3, 2, 2).dilation(0, 1)),
                row("Only zero batch or zero channel inputs are supported, but got input shape: [2, 3, 0, 5]",
                        call -> call.x(2, 3, 0, 5).padding(2).dilation(0, 1)),
                row("dilation should be greater than zero, but got [0, 1]",
                        call -> call.dilation(0, 1).weight(4, 3, 0, 3)),
                row("dilation should be greater than zero, but got [0, 1]",
                        call -> call.dilation(0, 1).weightType(DType.FLOAT64)),
                row("Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 5, 8, 8] to have 3 channels, but got 5 channels instead",
                        call -> call.x(1, 5, 8, 8).weightType(DType.FLOAT64)),
                row("expected scalar type Bool but found Float", call -> call.dtype(DType.BOOL)));
    }

    /** padding="same" and "valid". */
    @TestFactory
    Stream<DynamicTest> stringPadding() {
        return Stream.of(
                row(SAME_STRIDE, call -> call.padding(Padding.SAME).stride(2)),
                row(SAME_STRIDE, call -> call.padding(Padding.SAME).stride(1, 2)),
                row(SAME_STRIDE, call -> call.padding(Padding.SAME).stride(-1)),
                row(SAME_STRIDE, call -> call.padding(Padding.SAME).stride(0)),
                row(STRIDE, call -> call.padding(Padding.VALID).stride(0)),
                // the order
                row(RANK, call -> call.padding(Padding.SAME).x(5, 6).weight(3, 3)),
                row(WEIGHT_RANK, call -> call.padding(Padding.SAME).weight(3, 3).groups(0)),
                row(GROUPS, call -> call.padding(Padding.SAME).groups(0).weight(1, 2, 2)),
                row(GROUPS, call -> call.padding(Padding.SAME).groups(-1)),
                row("Expected 3-dimensional input for 3-dimensional weight[1, 2, 2], but got 4-dimensional input of size [1, 1, 4, 3] instead",
                        call -> call.padding(Padding.SAME).x(1, 1, 4, 3).weight(1, 2, 2).stride(1, 1, 1)),
                row("stride cannot broadcast to 2 dimensions",
                        call -> call.padding(Padding.SAME).stride(1, 1, 1).dilation(1, 1, 1)),
                row("dilation cannot broadcast to 2 dimensions",
                        call -> call.padding(Padding.SAME).dilation(1, 1, 1).stride(2)),
                row(SAME_STRIDE, call -> call.padding(Padding.SAME).stride(2).dilation(-1)),
                // then the checks of numeric padding, from the sign on
                row(PADDING, call -> call.padding(Padding.SAME).dilation(-1)),
                row(PADDING, call -> call.padding(Padding.SAME).dilation(-1).weight(4, 3, 2, 2).groups(5)),
                row(DILATION, call -> call.padding(Padding.SAME).dilation(-1).weight(4, 3, 1, 1).groups(5)),
                row("Given groups=3, expected weight to be at least 3 at dimension 0, but got weight of size [2, 1, 3, 3] instead",
                        call -> call.padding(Padding.SAME).weight(2, 1, 3, 3).groups(3)),
                row("expected a kernel of at least one tap on each axis, but got weight of size [4, 3, 3, 0]",
                        call -> call.padding(Padding.SAME).weight(4, 3, 3, 0)),
                // no check of the bias type in front
                row(RANK, call -> call.padding(Padding.VALID).x(5, 6).bias(DType.FLOAT64, 4)),
                row(BIAS_TYPE, call -> call.padding(Padding.VALID).bias(DType.FLOAT64, 4)));
    }

    /** Where PyTorch pads with F.pad first: its checks come before the convolution's, which then see the padded image. */
    @TestFactory
    Stream<DynamicTest> explicitPadding() {
        return Stream.of(
                row("Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (3, 3) at dimension 3 of input [1, 1, 1, 3]",
                        call -> call.x(1, 1, 1, 3).mode(PaddingMode.REFLECT).padding(0, 3)),
                row("Argument #6: Padding size should be less than the corresponding input dimension, but got: padding (1, 1) at dimension 2 of input [1, 1, 1, 3]",
                        call -> call.x(1, 1, 1, 3).mode(PaddingMode.REFLECT).padding(1, 1)),
                row("Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (0, 3) at dimension 3 of input [1, 1, 2, 3]",
                        call -> call.x(1, 1, 2, 3).mode(PaddingMode.REFLECT).padding(Padding.sides(2, 0, 0, 3))), // the columns first
                row("Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (3, 3) at dimension 2 of input [1, 2, 3]",
                        call -> call.x(1, 2, 3).mode(PaddingMode.REFLECT).padding(0, 3)),
                row("Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: [1, 1, 2, 0]",
                        call -> call.x(1, 1, 2, 0).mode(PaddingMode.REPLICATE).padding(1)),
                row("Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: [0, 2, 2]",
                        call -> call.x(0, 2, 2).mode(PaddingMode.REPLICATE).padding(1)),
                row("Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (3, 0) at dimension 3 of input [1, 1, 2, 3]",
                        call -> call.x(1, 1, 2, 3).mode(PaddingMode.REFLECT).padding(Padding.sides(0, 3, 0, 0))),
                row("Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: [1, 1, 0, 2]",
                        call -> call.x(1, 1, 0, 2).mode(PaddingMode.REFLECT).padding(1)),
                row(WRAPPED, call -> call.x(1, 1, 3, 3).mode(PaddingMode.CIRCULAR).padding(0, 4)),
                row(WRAPPED, call -> call.x(1, 1, 3, 3).mode(PaddingMode.CIRCULAR).padding(4, 0)),
                row("circular padding (-3, 3) at dimension 3 of input [1, 1, 3, 3] crops the whole image, so there is nothing to repeat",
                        call -> call.x(1, 1, 3, 3).mode(PaddingMode.CIRCULAR).padding(Padding.sides(0, -3, 0, 3))),
                row("circular padding (3, -3) at dimension 2 of input [1, 1, 3, 3] crops the whole image, so there is nothing to repeat",
                        call -> call.x(1, 1, 3, 3).mode(PaddingMode.CIRCULAR).padding(Padding.sides(3, 0, -3, 0))),
                row("Calculated padded input size per channel: (3 x 0). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
                        call -> call.x(1, 3, 3, 3).mode(PaddingMode.CIRCULAR).padding(Padding.sides(0, -3, 0, 0))),
                row(CROPPED, call -> call.padding(Padding.sides(0, -5, 0, -4))),
                row(CROPPED, call -> call.padding(Padding.sides(-9, 0, 9, 0))),
                row(CROPPED,
                        call -> call.padding(Padding.sides(0, -5, 0, -4)).mode(PaddingMode.REFLECT)),
                row(CROPPED, call -> call.padding(Padding.sides(0, -9, 0, 0)).mode(PaddingMode.REPLICATE)),
                row("Calculated padded input size per channel: (8 x 0). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
                        call -> call.padding(Padding.sides(0, -4, 0, -4))),
                // the order
                row(RANK, call -> call.x(5, 6).mode(PaddingMode.REFLECT).padding(1, 1, 1)),
                row(list("padding", 2, "[1, 1, 1]"), call -> call.mode(PaddingMode.REFLECT).padding(1, 1, 1)),
                row(WRAPPED, call -> call.mode(PaddingMode.CIRCULAR).padding(9).bias(DType.FLOAT64, 4)),
                row(WRAPPED, call -> call.mode(PaddingMode.CIRCULAR).padding(9).weight(3, 3)),
                row(BIAS_TYPE, call -> call.mode(PaddingMode.CIRCULAR).padding(1).bias(DType.FLOAT64, 4).weight(3, 3)),
                row(SAME_STRIDE,
                        call -> call.mode(PaddingMode.REFLECT).padding(Padding.SAME).stride(2).weight(4, 3, 99, 99)),
                row(STRIDE, call -> call.mode(PaddingMode.REFLECT).padding(1).stride(0)),
                // the padded image
                row("Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 5, 11, 9] to have 3 channels, but got 5 channels instead",
                        call -> call.x(1, 5, 8, 8).padding(Padding.sides(1, 1, 2, 0))),
                row("Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 5, 10, 12] to have 3 channels, but got 5 channels instead",
                        call -> call.x(5, 8, 8).mode(PaddingMode.REFLECT).padding(1, 2)),
                row("a padded axis of 2147483648 pixels is too long, at most 2147483647 are possible",
                        call -> call.x(1, 1, 1, 1).padding(Padding.sides(0, 0, 0, 2147483647))),
                row("a padded axis of 2147483650 pixels is too long, at most 2147483647 are possible",
                        call -> call.x(1, 1, 1, 3).padding(Padding.sides(0, 2147483647, 0, 0))),
                row("a padded axis of 2147483649 pixels is too long, at most 2147483647 are possible",
                        call -> call.x(1, 1, 2, 1).padding(Padding.sides(2147483647, 0, 0, 0))),
                row("a padded axis of 4294967295 pixels is too long, at most 2147483647 are possible",
                        call -> call.x(1, 1, 1, 1).padding(Padding.sides(2147483647, 0, 2147483647, 0))),
                row("a padded axis of 4294967302 pixels is too long, at most 2147483647 are possible",
                        call -> call.padding(Padding.SAME).dilation(2147483647, 1)));
    }

    @Test
    void emptyImagesMayBePadded() {
        assertArrayEquals(new int[] {2, 4, 2, 3},
                new Call().x(2, 3, 0, 5).padding(Padding.sides(2, 0, 2, 0)).shape().outputShape());
    }

    @Test
    void theLongestAxis() {
        assertArrayEquals(new int[] {1, 1, 1, 2147483647}, new Call().x(1, 1, 1, 1).weight(1, 1, 1, 1)
                .padding(Padding.sides(0, 2147483645, 0, 1)).shape().outputShape());
    }

    @Test
    void noBatchPassesThroughAllModes() {
        for (PaddingMode mode : PaddingMode.values()) {
            assertArrayEquals(new int[] {0, 4, 8, 8},
                    new Call().x(0, 3, 8, 8).mode(mode).padding(1).shape().outputShape(), mode.label());
        }
    }

    private static String list(String name, int axes, String values) {
        return "expected " + name + " to be a single integer value or a list of " + axes
                + " values to match the convolution dimensions, but got " + name + "=" + values;
    }

    private static DynamicTest row(String message, UnaryOperator<Call> wrong) {
        return DynamicTest.dynamicTest(message,
                () -> assertEquals(message,
                        assertThrows(IllegalArgumentException.class, wrong.apply(new Call())::shape).getMessage()));
    }

    @Test
    void oneValueIsForBothAxes() {
        Conv2dShape shape = new Call().x(1, 3, 9, 12).stride(2).padding(1).dilation(3).shape();

        assertEquals(new Conv2dAxis(9, 3, 2, 3, 1, 1, 3), shape.rows());
        assertEquals(new Conv2dAxis(12, 3, 2, 3, 1, 1, 4), shape.columns());
        assertEquals(List.of(4, 3), List.of(shape.outputChannels(), shape.groupInputChannels()));
    }
}
