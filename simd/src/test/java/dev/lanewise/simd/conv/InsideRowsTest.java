package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The direct convolution of rows that are read and written where they lie, whose columns at the border are computed apart. */
class InsideRowsTest {
    /**
     * The rows of a 3x3 convolution with one pixel of padding that are read in place, as {@code first..end}: not with few columns, several blocks of taps, a stride, padding that
     * changes the width, or channels that fall into one set of the cache.
     */
    @ParameterizedTest
    @CsvSource({"4, 56, 56, 1..55", "28, 40, 40, 1..39", "16, 112, 112, 1..111", "8, 224, 224, 1..223",
        "4, 2, 56, 1..1", "4, 56, 39, 1..1", "29, 56, 56, 1..1", "9, 64, 64, 1..1"})
    void rowsOf3x3(int channels, int height, int width, String expected) {
        assertEquals(expected, rows(channels, height, width, 3, 3, Conv2dSpec.DEFAULT.withPadding(1)));
    }

    @Test
    void rowsOfOtherConvolutions() {
        assertEquals("2..58", rows(4, 60, 80, 5, 5, Conv2dSpec.DEFAULT.withPadding(2)));
        assertEquals("4..56", rows(4, 60, 80, 3, 3, Conv2dSpec.DEFAULT.withPadding(4, 2).withDilation(4, 2)));
        assertEquals("0..58", rows(4, 60, 80, 3, 3, Conv2dSpec.DEFAULT.withPadding(0, 1)));
        assertEquals("3..61", rows(4, 60, 80, 3, 3, Conv2dSpec.DEFAULT.withPadding(3, 1)));
        assertEquals("1..59", rows(4, 60, 80, 3, 2, Conv2dSpec.DEFAULT.withPadding(Padding.sides(1, 0, 1, 1))));
        assertEquals("0..60", rows(4, 60, 400, 1, 17, Conv2dSpec.DEFAULT.withPadding(0, 8)));
        String none = "1..1";
        assertEquals(none, rows(4, 60, 80, 3, 3, Conv2dSpec.DEFAULT.withPadding(1).withStride(2)));
        assertEquals(none, rows(4, 60, 80, 3, 3, Conv2dSpec.DEFAULT.withPadding(1, 0)));
        assertEquals(none, rows(4, 60, 80, 3, 3, Conv2dSpec.DEFAULT.withPadding(Padding.sides(1, -1, 1, 3))));
        assertEquals("0..0", rows(4, 60, 400, 1, 18, Conv2dSpec.DEFAULT.withPadding(Padding.sides(0, 8, 0, 9))));
    }

    private static String rows(int channels, int height, int width, int kernelRows, int kernelColumns,
            Conv2dSpec spec) {
        Conv2dShape shape = Shapes.of(channels, height, width, 4, kernelRows, kernelColumns, spec);
        InsideRows inside = new InsideRows(shape);
        return inside.first + ".." + inside.end;
    }

    /** One to twelve output channels, rows in one piece and in several; columns before and behind, rows without, with and with more padding. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x=2,6,30,43 weight=10,3,3,3 padding=1,1 dilation=1,1 groups=2",
        "x=1,8,9,58 weight=12,4,3,3 padding=1,1 dilation=1,1 groups=2",
        "x=1,3,300,41 weight=1,3,3,3 padding=1,1 dilation=1,1 groups=1",
        "x=1,28,150,45 weight=2,28,3,3 padding=1,1 dilation=1,1 groups=1",
        "x=1,4,12,83 weight=5,4,5,5 padding=2,2 dilation=1,1 groups=1",
        "x=1,2,21,85 weight=6,2,3,3 padding=4,2 dilation=4,2 groups=1",
        "x=1,4,8,47 weight=4,4,3,2 padding=1,0,1,1 dilation=1,1 groups=1",
        "x=1,4,8,47 weight=8,2,2,3 padding=0,1,1,1 dilation=1,1 groups=2",
        "x=1,4,9,66 weight=4,4,3,3 padding=3,1 dilation=1,1 groups=1",
        "x=1,5,7,70 weight=8,5,3,1 padding=1,0 dilation=1,1 groups=1",
        "x=2,1,3,100 weight=3,1,3,3 padding=1,1 dilation=1,1 groups=1"})
    void sameBits(String arguments) {
        for (PaddingMode mode : PaddingMode.values()) {
            for (String dtype : new String[] {"float32", "float64"}) {
                for (String layout : new String[] {"contiguous", "cut_channels", "cut_columns"}) {
                    assertSameBits(Conv2dCase.parse("dtype=" + dtype + " bias=true stride=1,1 mode="
                            + mode.name().toLowerCase(Locale.ROOT) + " values=normals,normals layout=" + layout
                            + ",contiguous," + layout + " seed=1 " + arguments));
                }
            }
        }
    }

    /** Rows of whole vectors are written where they belong, from a copy of x: with several blocks of taps, tiles of all widths, and a last one that overlaps. */
    @ParameterizedTest
    @CsvSource({"2, 30", "1, 40", "6, 29", "13, 30", "4, 13", "3, 5"})
    void sameBitsInRowsOfWholeVectors(int outputs, int inputs) {
        for (int width : new int[] {64, 80, 104, 128, 208, 216}) {
            assertSameBits(
                    Conv2dCase.parse("dtype=float32 x=1,%d,4,%d weight=%d,%d,3,3 padding=1,1 dilation=1,1 groups=1"
                            .formatted(inputs, width, outputs, inputs)
                            + " bias=true stride=1,1 mode=zeros values=normals,normals layout=contiguous,contiguous,contiguous seed=1"));
        }
    }

    /** Runs of a plan share scratch, but only those whose x and y are dense use them in place: what one leaves there does not harm another. */
    @ParameterizedTest
    @CsvSource({"4, 4", "6, 8", "8, 2", "20, 8"})
    void runsOfAllKindsGoTogether(int inputs, int outputs) {
        Conv2dCase dense = ofLayouts("contiguous contiguous", inputs, outputs);
        Conv2dPlan plan = Conv2dProviders.byName("simd").plan(dense.shape(), dense.weight(), dense.bias(),
                Conv2dOptions.DEFAULT.withAlgorithm("DIRECT"));
        Conv2dPlan reference = Conv2dProviders.byName("reference").plan(dense.shape(), dense.weight(), dense.bias(),
                Conv2dOptions.DEFAULT);
        for (String layouts : new String[] {"contiguous contiguous", "contiguous cut_columns", "cut_columns contiguous",
            "contiguous contiguous", "contiguous cut_columns"}) {
            Conv2dCase c = ofLayouts(layouts, inputs, outputs);
            Tensor expected = c.y();
            reference.run(c.x(), expected);
            Tensor y = c.y();
            plan.run(c.x(), y);
            Equality.assertSameBits(expected, y, c::toString);
        }
    }

    private static Conv2dCase ofLayouts(String layouts, int inputs, int outputs) {
        return Conv2dCase.parse("dtype=float32 x=1,%d,11,43 weight=%d,%d,3,3 padding=1,1 dilation=1,1 groups=1"
                .formatted(inputs, outputs, inputs) + " bias=true stride=1,1 mode=zeros values=normals,normals layout="
                + layouts.replace(" ", ",contiguous,") + " seed=1");
    }

    private static void assertSameBits(Conv2dCase c) {
        Tensor expected = c.expected();
        try (Workers two = Workers.threads(2)) {
            for (Workers workers : new Workers[] {Workers.sequential(), two}) {
                Conv2dPlan plan = Conv2dProviders.byName("simd").plan(c.shape(), c.weight(), c.bias(),
                        new Conv2dOptions(workers, "DIRECT"));
                Tensor y = c.y();
                plan.run(c.x(), y);
                Equality.assertSameBits(expected, y, () -> plan.describe() + ": " + c);
            }
        }
    }
}
