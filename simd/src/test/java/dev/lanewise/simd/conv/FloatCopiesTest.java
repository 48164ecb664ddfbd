package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that only copies elements, against where each one has to go; what lies around stays. */
class FloatCopiesTest {
    private static final int LANES = VectorEnvironment.FLOAT_SPECIES.length();
    private static final float AROUND = -1;
    /** The column at which a region begins. */
    private static final int LEFT = 2;

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 1 + i;
        }
        return numbers;
    }

    private static float[] around(int count) {
        float[] array = new float[count];
        Arrays.fill(array, AROUND);
        return array;
    }

    // ---- FloatRows ----

    @Test
    void rowsOfEveryWidth() {
        for (int width = 1; width <= 3 * LANES + 1; width++) {
            int pitch = width + 2;
            float[] from = numbers(3 + 4 * (width + 3));
            float[] to = around(5 + 4 * pitch + LANES);
            FloatRows.copy(from, 3, width + 3, to, 5, pitch, width, 4);
            float[] expected = around(to.length);
            for (int u = 0; u < 4; u++) {
                System.arraycopy(from, 3 + u * (width + 3), expected, 5 + u * pitch, width);
            }
            assertEquals(Arrays.toString(expected), Arrays.toString(to), "width " + width);
        }
    }

    @Test
    void scatters() {
        for (int rows = 1; rows <= 9; rows++) {
            float[] from = numbers(2 + rows * 7);
            float[] to = around(1 + rows * 20);
            FloatRows.scatter(from, 2, 7, to, 1, 20, 3, 6, rows);
            float[] expected = around(to.length);
            for (int u = 0; u < rows; u++) {
                for (int i = 0; i < 6; i++) {
                    expected[1 + u * 20 + 3 * i] = from[2 + u * 7 + i];
                }
            }
            assertEquals(Arrays.toString(expected), Arrays.toString(to));
        }
    }

    /** Rows and columns that are less than a square in registers, whole ones, and some more; into places side by side, and others. */
    @Test
    void transposes() {
        for (int step = 1; step <= 2; step++) {
            for (int rows = 1; rows <= LANES + 3; rows++) {
                for (int width = 1; width <= 2 * LANES + 3; width++) {
                    int pitch = step * rows + 1;
                    float[] from = numbers(2 + rows * (width + 1));
                    float[] to = around(3 + pitch * width);
                    FloatRows.transpose(from, 2, width + 1, width, to, 3, step, pitch, rows);
                    float[] expected = around(to.length);
                    for (int u = 0; u < rows; u++) {
                        for (int i = 0; i < width; i++) {
                            expected[3 + u * step + i * pitch] = from[2 + u * (width + 1) + i];
                        }
                    }
                    assertEquals(Arrays.toString(expected), Arrays.toString(to), rows + " rows of " + width);
                }
            }
        }
    }

    @Test
    void splitsAndTakesEvens() {
        for (int count = 1; count <= 10 * LANES + 3; count++) {
            float[] from = numbers(3 + count);
            float[] split = around(12 * LANES + 12);
            int odd = 6 * LANES + 6;
            FloatRows.split(from, 3, split, 1, odd, count);
            float[] expected = around(split.length);
            for (int i = 0; i < count; i++) {
                expected[(i % 2 == 0 ? 1 : odd) + i / 2] = from[3 + i];
            }
            assertEquals(Arrays.toString(expected), Arrays.toString(split), count + " elements");

            int evens = (count + 1) / 2;
            assertTakesEvens(from, count + 2, evens, 1);
            assertTakesEvens(numbers(3 + count + 2 * LANES), count + 2, evens, 1);
            assertTakesEvens(numbers(3 + 4 * count), count, evens, 4);
            assertTakesEvens(numbers(3 + 4 * count + 5), count + 1, evens, 4);
        }
    }

    /** Rows of whose elements from the fourth on every second one is taken, in an array that ends with them or later. */
    private static void assertTakesEvens(float[] from, int pitch, int evens, int rows) {
        float[] to = around(2 + rows * evens + LANES);
        FloatRows.evens(from, 3, pitch, to, 2, evens, evens, rows);
        for (int i = 0; i < rows * evens; i++) {
            assertEquals(from[3 + i / evens * pitch + 2 * (i % evens)], to[2 + i]);
        }
        assertEquals(AROUND, to[1]);
    }

    /** Two rows of every third to fifth element, in an array that ends with the last one or later. */
    @Test
    void gathersElementsThatLieApart() {
        for (int step = 3; step <= 5; step++) {
            for (int width = 1; width <= 3 * LANES + 1; width++) {
                for (int behind : new int[] {0, 1, 5 * LANES}) {
                    int pitch = width * step + 2;
                    float[] from = numbers(3 + pitch + (width - 1) * step + 1 + behind);
                    float[] to = around(1 + 2 * width + 3 + 1);
                    FloatRows.gather(from, 3, pitch, step, to, 1, width + 3, width, 2);
                    float[] expected = around(to.length);
                    for (int i = 0; i < width; i++) {
                        expected[1 + i] = from[3 + i * step];
                        expected[1 + width + 3 + i] = from[3 + pitch + i * step];
                    }
                    assertEquals(Arrays.toString(expected), Arrays.toString(to), width + " of " + step);
                }
            }
        }
    }

    // ---- tiles of pixels ----

    /** Tiles of one row, of one column, of two, three and more rows, in an array that ends with them or later. */
    @ParameterizedTest
    @CsvSource({"28, 3, 14", "40, 2, 40", "7, 7, 14", "3, 9, 14", "1, 9, 5", "2, 9, 14", "5, 4, 14", "13, 2, 14",
        "1, 1, 1", "25, 3, 40"})
    void packsTilesTapAfterTap(int width, int rows, int maxPixels) {
        assertPacks(width, rows, maxPixels, 0, LANES);
        assertPacks(width, rows, maxPixels, 5, 0);
        assertPacks(width, rows, maxPixels, -LEFT, LANES - 1);
    }

    private static void assertPacks(int width, int rows, int maxPixels, int origin, int slack) {
        List<PixelRegion> region = List
                .of(new PixelRegion(new TapRange(0, rows, 0, 1), new TapRange(LEFT, LEFT + width, 0, 1)));
        PixelTiles tiles = PixelTiles.ofBlocks(region, rows, rows, maxPixels)[0];
        int ld = LEFT + width + 3;
        int[] offsets = {0, 2, ld, ld + 1};
        int[] steps = {-1, 0, -1, 2, -1, ld, -1, ld + 1, -1, 99}; // of each tap its offset alone counts
        float[] from = numbers(origin + (rows - 1) * ld + LEFT + width + offsets[3] + slack);
        for (int tile = 0; tile < tiles.count(); tile++) {
            int pixels = tiles.pixels(tile);
            float[] to = around(6 + 4 * pixels + 2 * LANES);
            FloatTilePacking.pack(tiles, tile, steps, 4, from, origin, ld, to, 6);
            int i = 6;
            for (int tap = 0; tap < 4; tap++) {
                for (int s = tiles.firstSegment[tile]; s < tiles.firstSegment[tile + 1]; s++) {
                    for (int j = 0; j < tiles.length[s]; j++) {
                        assertEquals(from[origin + tiles.row[s] * ld + tiles.column[s] + j + offsets[tap]], to[i++],
                                "tile " + tile + ", tap " + tap);
                    }
                }
            }
            assertEquals(AROUND, to[5]);
            assertEquals(AROUND, to[i + LANES]);
        }
    }

    /** A tile of y's pixels there and back, shifted, where y is dense and where it is not. */
    @ParameterizedTest
    @CsvSource({"1, 7, 0", "1, 7, 2", "2, 14, 0", "1, 9, 1"})
    void pixelTilesGoThereAndBack(int columnStep, int rowStep, int shift) {
        int width = 7;
        int channels = 3;
        int plane = 5 * rowStep * columnStep;
        Tensor y = Tensor.strided(DType.FLOAT32, numbers(4 + channels * plane), 4, new int[] {1, channels, 5, width},
                new int[] {channels * plane, plane, rowStep * columnStep, columnStep});
        Layout layout = new Layout();
        layout.set(y);
        for (int columns = 1; columns <= Math.min(2 * LANES, 30); columns++) {
            FloatPixelTile tile = new FloatPixelTile();
            Arrays.fill(tile.elements, -2);
            tile.load(y.floats(), layout, layout.at(0, 0, 0, 0), 4, width, channels, columns, shift);
            float[] back = around(y.floats().length);
            for (int c = 0; c < channels; c++) {
                for (int j = 0; j < columns; j++) {
                    int pixel = 4 + j;
                    assertEquals(y.getDouble(0, c, pixel / width, pixel % width),
                            tile.elements[c * FloatPixelTile.LD + shift + j]);
                }
            }
            tile.store(back, layout, layout.at(0, 0, 0, 0), 4, width, channels, columns, shift);
            float[] expected = around(back.length);
            for (int c = 0; c < channels; c++) {
                for (int pixel = 4; pixel < 4 + columns; pixel++) {
                    int place = layout.at(0, c, pixel / width, pixel % width);
                    expected[place] = y.floats()[place];
                }
            }
            assertEquals(Arrays.toString(expected), Arrays.toString(back), columns + " columns");
        }
    }

    // ---- im2col ----

    @ParameterizedTest
    @EnumSource(PaddingMode.class)
    void im2colHoldsWhatEachTapMeets(PaddingMode mode) {
        for (Conv2dShape shape : Shapes.various(mode)) {
            for (int step : new int[] {1, 2}) {
                int height = shape.rows().input();
                int width = shape.columns().input();
                Tensor x = Tensor.strided(DType.FLOAT32, numbers(3 + 2 * height * width * step), 3,
                        new int[] {1, 2, height, width}, new int[] {0, height * width * step, width * step, step});
                assertIm2col(shape, x, 0, shape.taps(), 0, shape.outputPixels());
                assertIm2col(shape, x, shape.taps() / 2, shape.taps() - shape.taps() / 2, 2, shape.outputPixels() - 3);
            }
        }
    }

    private static void assertIm2col(Conv2dShape shape, Tensor x, int k0, int kc, int first, int count) {
        Layout layout = new Layout();
        layout.set(x);
        int ld = count + 2;
        float[] to = around(kc * ld);
        PaddingMode mode = shape.paddingMode();
        FloatIm2col.pack(shape, shape.rows().sources(mode), shape.columns().sources(mode), x.floats(), layout, 0, 0, k0,
                kc, first, count, to, ld);
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        for (int i = 0; i < kc; i++) {
            int k = k0 + i;
            int s = k % columns.kernel();
            int r = k / columns.kernel() % rows.kernel();
            int c = k / columns.kernel() / rows.kernel();
            for (int j = 0; j < count; j++) {
                int pixel = first + j;
                int row = rows.source(pixel / columns.output() * rows.stride() + r * rows.dilation(), mode);
                int column = columns.source(pixel % columns.output() * columns.stride() + s * columns.dilation(), mode);
                assertEquals(row < 0 || column < 0 ? 0 : x.getDouble(0, c, row, column), to[i * ld + j],
                        shape.toString());
            }
            assertEquals(AROUND, to[i * ld + count]);
        }
    }
}
