package dev.lanewise.simd.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemmSplitTest {
    /** Every element of C is in one block, blocks begin at whole tiles. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 2", "3, 300, 200, 256, 2", "1, 2048, 2048, 2048, 2", "1, 2048, 17, 2048, 3",
        "1, 13, 4096, 512, 64",
        "5, 100, 100, 100, 4", "1, 512, 512, 512, 1"})
    void coversCOnce(int batch, int m, int n, int k, int threads) {
        int mr = 13;
        int nr = 32;
        GemmSplit split = new GemmSplit();
        split.set(batch, m, n, k, mr, nr, threads);
        int[][][] seen = new int[batch][m][n];
        for (int task = 0; task < split.tasks(); task++) {
            assertEquals(0, split.firstRow(task) % mr);
            assertEquals(0, split.firstColumn(task) % nr);
            for (int i = split.firstRow(task); i < split.lastRow(task); i++) {
                for (int j = split.firstColumn(task); j < split.lastColumn(task); j++) {
                    seen[split.matrix(task)][i][j]++;
                }
            }
        }
        for (int[][] matrix : seen) {
            for (int[] row : matrix) {
                for (int count : row) {
                    assertEquals(1, count);
                }
            }
        }
        if (threads == 1) {
            assertEquals(batch, split.tasks());
        }
    }

    @ParameterizedTest
    @CsvSource({"2048, 2048, 2048, 2", "64, 8192, 512, 2", "8192, 64, 512, 2"})
    void largeProductsKeepAllThreadsBusy(int m, int n, int k, int threads) {
        GemmSplit split = new GemmSplit();
        split.set(1, m, n, k, 13, 32, threads);
        assertTrue(split.tasks() >= threads, split.tasks() + " tasks");
    }

    /** The longer side of the blocks is cut, until there are two a thread; not below a million operations each. */
    @ParameterizedTest
    @CsvSource({"1, 512, 512, 512, 2, 4, 260, 256", "1, 8192, 64, 512, 2, 4, 2041, 64",
        "1, 64, 8192, 512, 2, 4, 64, 2048", "1, 512, 512, 512, 3, 6, 260, 160",
        "1, 128, 128, 64, 2, 2, 65, 128", "1, 128, 128, 32, 2, 1, 128, 128", "1, 128, 128, 8, 2, 1, 128, 128",
        "8, 512, 512, 512, 2, 8, 512, 512", "3, 512, 512, 512, 2, 6, 260, 512", "1, 26, 1, 1048576, 2, 2, 13, 1"})
    void cutsTheLongerSide(int batch, int m, int n, int k, int threads, int tasks, int rows, int columns) {
        GemmSplit split = new GemmSplit();
        split.set(batch, m, n, k, 13, 32, threads);
        assertEquals(tasks, split.tasks());
        assertEquals(rows, split.lastRow(0));
        assertEquals(columns, split.lastColumn(0));
    }

    /** No thread waits for another that has a task more, or a far larger one. */
    @ParameterizedTest
    @CsvSource({"512, 512, 2", "1024, 1024, 2", "1000, 1000, 3", "2048, 2048, 4", "300, 3136, 7"})
    void sharesOutEvenly(int m, int n, int threads) {
        int mr = 14;
        int nr = 32;
        GemmSplit split = new GemmSplit();
        split.set(1, m, n, 1024, mr, nr, threads);
        assertEquals(0, split.tasks() % threads);
        for (int task = 0; task < split.tasks(); task++) {
            int rows = split.lastRow(task) - split.firstRow(task);
            int columns = split.lastColumn(task) - split.firstColumn(task);
            assertTrue(Math.abs(rows - split.lastRow(0)) <= mr, rows + " rows");
            assertTrue(Math.abs(columns - split.lastColumn(0)) <= nr, columns + " columns");
        }
    }
}
