package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Conv2dShapeTest {
    /** Counts where the kernel can be laid instead of computing it. */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void outputsAreThePlacesOfTheKernel(@ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 5) int kernel,
            @ForAll @IntRange(min = 1, max = 4) int stride, @ForAll @IntRange(min = 1, max = 4) int dilation,
            @ForAll @IntRange(min = -2, max = 4) int before, @ForAll @IntRange(min = -2, max = 4) int after) {
        int places = 0;
        for (int first = 0; first + dilation * (kernel - 1) < size + before + after; first += stride) {
            places++;
        }
        Assume.that(places > 0 && size + Math.min(before, 0) + Math.min(after, 0) >= 0);

        Conv2dShape shape = new Call().x(1, 3, size, 8).weight(4, 3, kernel, 1).stride(stride, 1).dilation(dilation, 1)
                .padding(Padding.sides(before, 0, after, 0)).shape();

        assertArrayEquals(new int[] {1, 4, places, 8}, shape.outputShape());
        assertEquals(new Conv2dAxis(size, kernel, stride, dilation, before, after, places), shape.rows());
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void sameKeepsTheSize(@ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 20) int columns,
            @ForAll @IntRange(min = 1, max = 7) int r, @ForAll @IntRange(min = 1, max = 7) int s,
            @ForAll @IntRange(min = 1, max = 4) int dilation) {
        Conv2dShape shape = new Call().x(2, 3, rows, columns).weight(4, 3, r, s).dilation(dilation)
                .padding(Padding.SAME).shape();

        assertArrayEquals(new int[] {2, 4, rows, columns}, shape.outputShape());
        assertEquals(dilation * (r - 1), shape.rows().before() + shape.rows().after());
        assertTrue(shape.rows().after() - shape.rows().before() == dilation * (r - 1) % 2, shape::toString);
    }

    @Example
    void sizesOfAGroupedConvolution() {
        Conv2dShape shape = new Call().x(2, 6, 9, 11).weight(8, 3, 3, 2).groups(2).bias(8).shape();

        assertEquals(3, shape.groupInputChannels());
        assertEquals(4, shape.groupOutputChannels());
        assertEquals(18, shape.taps());
        assertEquals(70, shape.outputPixels());
        assertEquals(2L * 2 * 8 * 70 * 18, shape.flops());
        assertArrayEquals(new int[] {2, 6, 9, 11}, shape.inputShape());
        assertFalse(shape.isDepthwise());
        assertFalse(shape.isPointwise());
    }

    @Example
    void unbatchedShapesHaveThreeAxes() {
        Conv2dShape shape = new Call().x(3, 8, 9).shape();

        assertArrayEquals(new int[] {3, 8, 9}, shape.inputShape());
        assertArrayEquals(new int[] {4, 6, 7}, shape.outputShape());
        assertEquals(1, shape.batch());
    }

    @Example
    void depthwiseAndPointwise() {
        assertTrue(new Call().weight(6, 1, 3, 3).groups(3).shape().isDepthwise());
        assertFalse(new Call().x(1, 1, 8, 8).weight(1, 1, 3, 3).shape().isDepthwise());
        assertTrue(new Call().weight(4, 3, 1, 1).shape().isPointwise());
        assertFalse(new Call().weight(4, 3, 1, 1).stride(1, 2).shape().isPointwise());
        assertFalse(new Call().weight(4, 3, 1, 1).padding(1, 0).shape().isPointwise());
        assertFalse(new Call().weight(4, 3, 1, 2).shape().isPointwise());
    }

    /** Batch, image, stride, padding and dilation are of no account to weights. */
    @Example
    void weightsOfOneServeAnother() {
        Conv2dShape shape = new Call().x(1, 4, 8, 8).weight(6, 2, 3, 2).groups(2).shape();

        assertTrue(shape.hasWeightsOf(new Call().x(5, 4, 9, 7).weight(6, 2, 3, 2).groups(2).stride(2).padding(1)
                .dilation(2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().x(1, 2, 8, 8).weight(6, 2, 3, 2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().x(1, 4, 8, 8).weight(8, 2, 3, 2).groups(2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().x(1, 4, 8, 8).weight(6, 4, 3, 2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().x(1, 4, 8, 8).weight(6, 2, 2, 2).groups(2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().x(1, 4, 8, 8).weight(6, 2, 3, 3).groups(2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().x(1, 6, 8, 8).weight(6, 3, 3, 2).groups(2).shape()));
        assertFalse(shape.hasWeightsOf(new Call().dtype(DType.FLOAT64).weightType(DType.FLOAT64).x(1, 4, 8, 8)
                .weight(6, 2, 3, 2).groups(2).shape()));
    }

    /** nn.Conv2d(1, 1, 3) of PyTorch's own table. */
    @Example
    void pytorchsTableOfShapes() {
        assertThrows(IllegalArgumentException.class, new Call().x(1, 1, 2, 2).weight(1, 1, 3, 3)::shape);
        assertArrayEquals(new int[] {1, 1, 1, 1}, new Call().x(1, 1, 3, 3).weight(1, 1, 3, 3).shape().outputShape());
        assertArrayEquals(new int[] {1, 1, 2, 2},
                new Call().x(1, 1, 2, 2).weight(1, 1, 3, 3).padding(1).shape().outputShape());
        assertThrows(IllegalArgumentException.class,
                new Call().x(1, 1, 4, 4).weight(1, 1, 3, 3).dilation(2).stride(2)::shape);
    }

    @Example
    void aHugeImageOfNoBatchIsLegal() {
        assertArrayEquals(new int[] {0, 4, 99_998, 99_998}, new Call().x(0, 3, 100_000, 100_000).shape().outputShape());
    }
}
