package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where padded pixels lie, and that FloatPaddedRows puts them there: against the padding's own definition, pixel by pixel. */
class PhasedImageTest {
    private static final int CHANNELS = 2;

    /** A tap's pixel lies where the output pixel's place and the tap's distance say, and no two pixels share a place but zeros. */
    @ParameterizedTest
    @EnumSource(PaddingMode.class)
    void tapsLieAtTheirDistance(PaddingMode mode) {
        for (Conv2dShape shape : Shapes.various(mode)) {
            PhasedImage image = new PhasedImage(shape, 1 << 20);
            assertEquals(shape.rows().output(), image.blockRows);
            int[] offsets = tapOffsets(image);
            Map<Integer, String> pixels = new HashMap<>();
            for (int k = 0; k < shape.taps(); k++) {
                int s = k % shape.columns().kernel();
                int r = k / shape.columns().kernel() % shape.rows().kernel();
                int c = k / shape.columns().kernel() / shape.rows().kernel();
                for (int p = 0; p < shape.rows().output(); p++) {
                    for (int q = 0; q < shape.columns().output(); q++) {
                        int u = p * shape.rows().stride() + r * shape.rows().dilation();
                        int v = q * shape.columns().stride() + s * shape.columns().dilation();
                        int place = p * image.ld + q + offsets[k];
                        assertEquals(image.position(c, u, v), place, shape.toString());
                        int row = shape.rows().source(u, mode);
                        int column = shape.columns().source(v, mode);
                        String pixel = row < 0 || column < 0 ? "zero" : c + ", " + u + ", " + v;
                        String other = pixels.putIfAbsent(place, pixel);
                        assertTrue(other == null || other.equals(pixel), other + " and " + pixel + " of " + shape);
                    }
                }
            }
            assertTrue(pixels.keySet().stream().allMatch(
                    place -> place >= 0 && place < CHANNELS * image.channelLength + image.slack()), shape.toString());
        }
    }

    /** Blocks of rows, in one channel or all, where x is copied into the layout that its rows have. */
    @ParameterizedTest
    @EnumSource(PaddingMode.class)
    void copiesEachPixelToItsPlace(PaddingMode mode) {
        for (Conv2dShape shape : Shapes.various(mode)) {
            for (int columnStep : new int[] {1, 2}) {
                for (int maxRows : new int[] {100, 2}) {
                    assertCopies(shape, x(shape, columnStep), maxRows);
                }
            }
        }
    }

    /** Patches side by side, with padding and without, and steps larger than the kernel. */
    @Test
    void copiesEachPixelOfLargeSteps() {
        for (int stride : new int[] {4, 8, 16}) {
            for (int kernel : new int[] {1, 3, stride, stride + 3}) {
                for (int padding : new int[] {0, 1, stride}) {
                    Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(stride).withPadding(padding);
                    Conv2dShape shape = Shapes.of(CHANNELS, 2 * stride + 3, 19 * stride + 2, 3, kernel, kernel, spec);
                    assertCopies(shape, x(shape, 1), 100);
                    assertCopies(shape, x(shape, 2), 100);
                }
            }
        }
    }

    private static Tensor x(Conv2dShape shape, int columnStep) {
        int height = shape.rows().input();
        int width = shape.columns().input();
        Tensor array = Tensor.zeros(DType.FLOAT32, 5 + CHANNELS * height * width * columnStep);
        for (int i = 0; i < array.numel(); i++) {
            array.floats()[i] = 1 + i;
        }
        int row = width * columnStep;
        return Tensor.strided(DType.FLOAT32, array.floats(), 5, new int[] {1, CHANNELS, height, width},
                new int[] {CHANNELS * height * row, height * row, row, columnStep});
    }

    private static void assertCopies(Conv2dShape shape, Tensor x, int maxRows) {
        PaddingMode mode = shape.paddingMode();
        PhasedImage image = new PhasedImage(shape, CHANNELS, 1 << 20, maxRows);
        FloatPaddedRows rows = new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld);
        Layout layout = new Layout();
        layout.set(x);
        int lanes = 16; // whole vectors may be written behind the last row
        int[] offsets = tapOffsets(image);
        for (int first = 0; first < shape.rows().output(); first += image.blockRows) {
            int count = Math.min(image.blockRows, shape.rows().output() - first);
            float[] to = new float[CHANNELS * image.channelLength + image.slack() + lanes];
            rows.copyBlock(image, x.floats(), layout, 0, 0, first, count, to);
            float[] second = new float[image.channelLength + image.slack() + lanes];
            rows.copyBlock(image, x.floats(), layout, 0, 0, 1, 2, first, count, second);
            for (int k = 0; k < shape.taps(); k++) {
                int s = k % shape.columns().kernel();
                int r = k / shape.columns().kernel() % shape.rows().kernel();
                int c = k / shape.columns().kernel() / shape.rows().kernel();
                for (int p = 0; p < count; p++) {
                    for (int q = 0; q < shape.columns().output(); q++) {
                        int row = shape.rows().source((first + p) * shape.rows().stride()
                                + r * shape.rows().dilation(), mode);
                        int column = shape.columns().source(q * shape.columns().stride()
                                + s * shape.columns().dilation(), mode);
                        double expected = row < 0 || column < 0 ? 0 : x.getDouble(0, c, row, column);
                        int place = p * image.ld + q + offsets[k];
                        assertEquals(expected, to[place], () -> "tap " + r + ", " + s + " of " + shape);
                        if (c == 1) {
                            assertEquals(expected, second[place - image.channelLength], shape.toString());
                        }
                    }
                }
            }
        }
    }

    /** The second group of the third image. */
    @Test
    void copiesTheChannelsOfItsGroup() {
        Conv2dShape shape = Shapes.of(CHANNELS, 6, 7, 2, 3, 3, Conv2dSpec.DEFAULT.withPadding(1).withGroups(2));
        Tensor all = x(Shapes.of(CHANNELS, 6 * 6, 7, 1, 1, 1, Conv2dSpec.DEFAULT), 1);
        Tensor x = Tensor.strided(DType.FLOAT32, all.floats(), 5, new int[] {3, 4, 6, 7}, new int[] {4 * 42, 42, 7, 1});
        PhasedImage image = new PhasedImage(shape, 1 << 20);
        Layout layout = new Layout();
        layout.set(x);
        float[] to = new float[CHANNELS * image.channelLength + image.slack() + 16];
        new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld).copyBlock(image, x.floats(), layout, 2, 1, 0,
                6, to);
        for (int c = 0; c < CHANNELS; c++) {
            for (int p = 0; p < 6; p++) {
                for (int q = 0; q < 7; q++) {
                    assertEquals(x.getDouble(2, CHANNELS + c, p, q), to[image.position(c, p + 1, q + 1)]);
                }
            }
        }
    }

    /** The block's tables, one behind the other. */
    private static int[] tapOffsets(PhasedImage image) {
        return Arrays.stream(image.tapOffsets()).flatMapToInt(Arrays::stream).toArray();
    }

    /** A tight layout: all rows, and blocks of two, of images that lie row behind row and of others, in the same scratch. */
    @ParameterizedTest
    @EnumSource(PaddingMode.class)
    void copiesEachPixelForEachColumnOfTheKernel(PaddingMode mode) {
        for (Conv2dShape shape : Shapes.various(mode)) {
            assertTrue(PhasedImage.tightFits(shape, 1 << 20));
            PhasedImage image = PhasedImage.tight(shape, 1 << 20, shape.rows().output());
            assertEquals(shape.columns().output(), image.ld);
            assertEquals(shape.rows().output(), image.blockRows);
            for (int blockRows : new int[] {shape.rows().output(), 2}) {
                float[] to = new float[CHANNELS * image.channelLength + 16];
                for (int columnStep : new int[] {1, 2, 1}) {
                    assertCopiesForColumns(shape, image, x(shape, columnStep), blockRows, to);
                }
            }
        }
    }

    /** Every second pixel of rows that several vectors hold, for later columns of the kernel taken from earlier ones. */
    @ParameterizedTest
    @EnumSource(PaddingMode.class)
    void copiesEverySecondPixelOfLongRows(PaddingMode mode) {
        for (int kernel : new int[] {2, 3, 7}) {
            for (int dilation = 1; dilation <= 2; dilation++) {
                for (int padding = 0; padding <= 3; padding++) {
                    Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(2).withDilation(dilation).withPadding(padding)
                            .withPaddingMode(mode);
                    Conv2dShape shape = Shapes.of(CHANNELS, 14, 83, 3, kernel, kernel, spec);
                    assertCopies(shape, x(shape, 1), 100);
                    PhasedImage image = PhasedImage.tight(shape, 1 << 20, shape.rows().output());
                    for (int blockRows : new int[] {shape.rows().output(), 2}) {
                        float[] to = new float[CHANNELS * image.channelLength + 16];
                        for (int columnStep : new int[] {1, 2, 1}) {
                            assertCopiesForColumns(shape, image, x(shape, columnStep), blockRows, to);
                        }
                    }
                }
            }
        }
    }

    private static void assertCopiesForColumns(Conv2dShape shape, PhasedImage image, Tensor x, int blockRows,
            float[] to) {
        PaddingMode mode = shape.paddingMode();
        FloatKernelColumns columns = new FloatKernelColumns(shape, image, false);
        Layout layout = new Layout();
        layout.set(x);
        int[] offsets = tapOffsets(image);
        for (int first = 0; first < shape.rows().output(); first += blockRows) {
            int count = Math.min(blockRows, shape.rows().output() - first);
            columns.copyBlock(x.floats(), layout, 0, 0, first, count, to);
            for (int k = 0; k < shape.taps(); k++) {
                int s = k % shape.columns().kernel();
                int r = k / shape.columns().kernel() % shape.rows().kernel();
                int c = k / shape.columns().kernel() / shape.rows().kernel();
                for (int i = 0; i < count * image.ld; i++) {
                    int u = (first + i / image.ld) * shape.rows().stride() + r * shape.rows().dilation();
                    int v = i % image.ld * shape.columns().stride() + s * shape.columns().dilation();
                    int row = shape.rows().source(u, mode);
                    int column = shape.columns().source(v, mode);
                    double expected = row < 0 || column < 0 ? 0 : x.getDouble(0, c, row, column);
                    assertEquals(expected, to[i + offsets[k]], () -> "tap " + r + ", " + s + " of " + shape);
                }
            }
        }
    }

    /** The threads take the blocks of one image in turn: of the heights that give up to twice the blocks, one that ends soonest. */
    @Test
    void tasksEndAsSoonAsCanBe() {
        for (int rows = 1; rows <= 40; rows++) {
            Conv2dShape shape = Shapes.of(1, rows, 8, 1, 1, 1, Conv2dSpec.DEFAULT);
            for (int maxRows = 1; maxRows <= rows; maxRows++) {
                PhasedImage image = new PhasedImage(shape, 1, 1 << 20, maxRows);
                int blocks = Math.ceilDiv(rows, image.blockRows);
                assertEquals(image.blockRows, image.rowsOfTask(1, 1));
                for (int threads = 2; threads <= 4; threads++) {
                    int soonest = rowsOfTheLastThread(rows, image.blockRows, threads);
                    for (int i = blocks; i <= Math.min(2 * blocks, rows); i++) {
                        soonest = Math.min(soonest, rowsOfTheLastThread(rows, Math.ceilDiv(rows, i), threads));
                    }
                    int height = image.rowsOfTask(1, threads);
                    assertEquals(soonest, rowsOfTheLastThread(rows, height, threads),
                            rows + " rows by " + threads + " in blocks of " + height);
                    assertTrue(height <= image.blockRows);
                    assertEquals(image.blockRows, image.rowsOfTask(2 * threads, threads));
                }
            }
        }
    }

    private static int rowsOfTheLastThread(int rows, int height, int threads) {
        int[] computed = new int[threads];
        for (int first = 0; first < rows; first += height) {
            Arrays.sort(computed); // who has least is free first
            computed[0] += Math.min(height, rows - first);
        }
        return Arrays.stream(computed).max().orElseThrow();
    }

    /** Several threads get blocks that end sooner; one, or whole images for each, the highest ones. */
    @Test
    void blocksSuitTheThreads() {
        Conv2dShape shape = Shapes.of(64, 56, 56, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(1));
        PhasedImage image = new PhasedImage(shape, 64, 64 * 57 * 13, 56);
        assertEquals(11, image.blockRows);
        assertEquals(11, image.rowsOfTask(1, 1));
        assertEquals(7, image.rowsOfTask(1, 2)); // 28 rows for both, where 11 would give one of them 33
        assertEquals(11, image.rowsOfTask(2, 2));
        PhasedImage whole = new PhasedImage(shape, 64, 1 << 20, 56);
        assertEquals(28, whole.rowsOfTask(1, 2));
    }

    /** The depthwise kernels' rows: one phase, every padded column at its own place. */
    @ParameterizedTest
    @EnumSource(PaddingMode.class)
    void copiesWholeRows(PaddingMode mode) {
        for (Conv2dShape shape : Shapes.various(mode)) {
            Tensor x = x(shape, 1);
            Layout layout = new Layout();
            layout.set(x);
            int pitch = shape.columns().padded() + 3;
            int padded = shape.rows().padded();
            float[] to = new float[padded * pitch + 16];
            FloatPaddedRows.unphased(shape, pitch).copy(x.floats(), layout, layout.at(0, 1, 0, 0), 0, 1, padded, to, 0);
            int needed = (shape.columns().output() - 1) * shape.columns().stride() + shape.columns().span();
            for (int u = 0; u < padded; u++) {
                for (int v = 0; v < needed; v++) {
                    int row = shape.rows().source(u, mode);
                    int column = shape.columns().source(v, mode);
                    assertEquals(row < 0 || column < 0 ? 0 : x.getDouble(0, 1, row, column), to[u * pitch + v],
                            shape.toString());
                }
            }
        }
    }

    /** Rows that were pixels in the block before and are padding in this one are cleared. */
    @Test
    void clearsWhatAnEarlierBlockLeft() {
        for (int stride = 1; stride <= 2; stride++) {
            Conv2dShape shape = Shapes.of(1, 6, 9, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(1).withStride(stride));
            PhasedImage image = new PhasedImage(shape, 1, 1 << 20, 1);
            FloatPaddedRows rows = new FloatPaddedRows(shape, image.ld, image.phaseLength, image.ld);
            Tensor x = Tensors.ones(DType.FLOAT32, 1, 1, 6, 9);
            Layout layout = new Layout();
            layout.set(x);
            float[] reused = new float[image.channelLength + image.slack() + 16];
            rows.copyBlock(image, x.floats(), layout, 0, 0, 1, 1, reused);
            rows.copyBlock(image, x.floats(), layout, 0, 0, 0, 1, reused);
            for (int r = 0; r < 3; r++) {
                for (int s = 0; s < 3; s++) {
                    boolean zero = r == 0 || s == 0;
                    assertEquals(zero ? 0 : 1, reused[image.position(0, r, s)], "tap " + r + ", " + s);
                }
            }
        }
    }

    @Test
    void sharesZerosBetweenRows() {
        Conv2dSpec padded = Conv2dSpec.DEFAULT.withPadding(1);
        assertEquals(9, new PhasedImage(Shapes.of(1, 8, 8, 1, 3, 3, padded), 1000).ld); // 8 pixels and one zero
        assertEquals(10, new PhasedImage(
                Shapes.of(1, 8, 8, 1, 3, 3, padded.withPaddingMode(PaddingMode.REFLECT)), 1000).ld);
        assertEquals(8, new PhasedImage(Shapes.of(1, 8, 8, 1, 3, 3, Conv2dSpec.DEFAULT), 1000).ld);
        assertEquals(5, new PhasedImage(Shapes.of(1, 8, 8, 1, 3, 3, padded.withStride(2)), 1000).ld);
        assertEquals(16, new PhasedImage(Shapes.of(1, 8, 8, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(5)), 1000).ld);
        assertEquals(2, new PhasedImage(Shapes.of(1, 8, 8, 1, 3, 3, padded), 1000).slack());
    }

    /** Four phases of 4 x 4 outputs, a row and a column more each. */
    @Test
    void aBlockWithStridesHasPhases() {
        PhasedImage image = new PhasedImage(
                Shapes.of(1, 8, 8, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(1).withStride(2)), 1000);
        assertEquals(25, image.phaseLength);
        assertEquals(4 * 25, image.channelLength);
    }

    /** A table for each block of 256 taps. */
    @ParameterizedTest
    @ValueSource(ints = {28, 29, 128, 256})
    void tapsBlockByBlock(int channels) {
        Conv2dShape shape = Shapes.of(channels, 8, 8, 1, 3, 2, Conv2dSpec.DEFAULT.withPadding(1));
        PhasedImage image = new PhasedImage(shape, 1 << 20);
        int[][] offsets = image.tapOffsets();
        assertEquals(Math.ceilDiv(6 * channels, 256), offsets.length);
        for (int k = 0; k < 6 * channels; k++) {
            assertEquals(image.position(k / 6, k / 2 % 3, k % 2), offsets[k / 256][k % 256], "tap " + k);
        }
        assertEquals(6 * channels, Arrays.stream(offsets).mapToInt(block -> block.length).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 27, 36, 50, 80, 1000})
    void aBlockTakesWhatFits(int maxElements) {
        Conv2dShape shape = Shapes.of(1, 8, 8, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(1)); // 9 elements a row, two more rows
        PhasedImage image = new PhasedImage(shape, maxElements);
        assertEquals(Math.clamp(maxElements / 9 - 2, 1, 8), image.blockRows);
        assertEquals((image.blockRows + 2) * 9, image.channelLength);
        assertEquals(image.phaseLength, image.channelLength);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "3, 3", "4, 4", "5, 5", "6, 5", "9, 5", "10, 10", "99, 10"})
    void blocksAreOfNearlyEqualHeight(int maxRows, int expected) {
        Conv2dShape shape = Shapes.of(1, 10, 8, 1, 3, 3, Conv2dSpec.DEFAULT.withPadding(1));
        assertEquals(expected, new PhasedImage(shape, 1, 1 << 20, maxRows).blockRows);
    }

    /** Padding and dilation make rows of any length; an array has room for 2^30 elements: of x, and of the results. */
    @ParameterizedTest
    @CsvSource({"255, 1, true", "256, 1, false", "1, 255, true", "1, 256, false"})
    void longRowsDoNotFit(int channels, int outputs, boolean fit) {
        Conv2dSpec apart = Conv2dSpec.DEFAULT.withDilation(1 << 10).withPadding(1 << 10); // one output, 2049 x 2049 elements
        assertEquals(fit, PhasedImage.fits(Shapes.of(channels, 1, 1, outputs, 3, 3, apart)));
    }

    /** One output, 2^10 x 2^10 elements a channel. */
    @ParameterizedTest
    @CsvSource({"1023, 1, true", "1024, 1, false", "1, 1023, true", "1, 1024, false"})
    void theLongestRowsThatFit(int channels, int outputs, boolean fit) {
        Conv2dSpec apart = Conv2dSpec.DEFAULT.withDilation(1023).withPadding(Padding.sides(1023, 1023, 0, 0));
        assertEquals(fit, PhasedImage.fits(Shapes.of(channels, 1, 1, outputs, 2, 2, apart)));
    }

    /** A tight layout fits where one output row of all channels does. */
    @Test
    void aTightRowFitsOrNot() {
        for (Conv2dShape shape : Shapes.various(PaddingMode.ZEROS)) {
            int elements = CHANNELS * PhasedImage.tight(shape, 0, 1).channelLength;
            assertTrue(PhasedImage.tightFits(shape, elements), shape.toString());
            assertFalse(PhasedImage.tightFits(shape, elements - 1), shape.toString());
        }
    }
}
