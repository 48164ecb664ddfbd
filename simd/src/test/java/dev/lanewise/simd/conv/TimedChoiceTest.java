package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimedChoiceTest {
    private final AtomicLong now = new AtomicLong();
    private final TimedChoice choice = new TimedChoice(now::get);

    @Test
    void theSecondWayIsUsualAtFirstAndTheOtherIsTried() {
        assertEquals(".#...#......", run(1, 12, 10, 3, 2));
    }

    @Test
    void theFasterWayIsTakenFromThenOn() {
        assertEquals(".#..#.######", run(1, 12, 10, 2, 3));
        assertEquals("#.###.######", run(2, 12, 10, 2, 3));
    }

    @Test
    void anotherRunMayFindTheOtherWayFaster() {
        run(1, 12, 10, 2, 3);

        assertEquals("#.##.#......", run(2, 12, 10, 3, 2));
    }

    @Test
    void oneSlowPieceDoesNotDecide() {
        String ways = "";
        for (int i = 0; i < 12; i++) {
            boolean isFirst = choice.begin(1, 10);
            now.addAndGet(i == 0 ? 1000 : isFirst ? 30 : 20);
            choice.end();
            ways += isFirst ? '#' : '.';
        }

        assertEquals(".#...#......", ways);
    }

    @Test
    void timeIsInProportionToSize() {
        String ways = "";
        for (int i = 0; i < 12; i++) {
            int size = i % 2 == 0 ? 100 : 10;
            boolean isFirst = choice.begin(1, size);
            now.addAndGet((isFirst ? 3L : 2L) * size);
            choice.end();
            ways += isFirst ? '#' : '.';
        }

        assertEquals(".#...#......", ways);
    }

    /** Which pieces of a run go the first way, if an element takes so long the first way and the second. */
    private String run(int number, int pieces, int size, long first, long second) {
        StringBuilder ways = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            boolean isFirst = choice.begin(number, size);
            now.addAndGet((isFirst ? first : second) * size);
            choice.end();
            ways.append(isFirst ? '#' : '.');
        }
        return ways.toString();
    }
}
