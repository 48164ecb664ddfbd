package dev.lanewise.bench.paired;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void medianOfOddAndEvenCounts() {
        assertEquals(3, Statistics.median(5, 1, 3));
        assertEquals(2.5, Statistics.median(4, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, Statistics::median);
    }

    @Test
    void quantilesAreInterpolated() {
        double[] values = {40, 10, 30, 20, 50};
        assertEquals(10, Statistics.quantile(values, 0));
        assertEquals(20, Statistics.quantile(values, 0.25));
        assertEquals(46, Statistics.quantile(values, 0.9), 1e-12);
        assertEquals(50, Statistics.quantile(values, 1));
        assertArrayEquals(new double[] {40, 10, 30, 20, 50}, values); // left as they were
    }

    @Test
    void spreadIsHalfTheInterquartileRangeOverTheMedian() {
        assertEquals((40.0 - 20) / 2 / 30, Statistics.spread(10, 20, 30, 40, 50), 1e-12);
        assertEquals(0, Statistics.spread(7, 7, 7));
        assertEquals(Statistics.spread(10, 20, 30, 40, 50), Statistics.spread(10, 20, 30, 40, 5000)); // an outlier changes nothing
    }

    @Test
    void geomeanOfRatios() {
        assertEquals(1, Statistics.geomean(4, 0.25), 1e-12);
        assertEquals(6, Statistics.geomean(4, 9), 1e-12);
        assertEquals(Double.NaN, Statistics.geomean());
    }

    @Test
    void ratiosRoundByRound() {
        assertArrayEquals(new double[] {2, 0.5}, Statistics.ratios(new double[] {4, 1}, new double[] {2, 2}));
        assertThrows(IllegalArgumentException.class, () -> Statistics.ratios(new double[1], new double[2]));
    }
}
