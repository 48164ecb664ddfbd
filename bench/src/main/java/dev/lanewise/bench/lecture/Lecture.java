package dev.lanewise.bench.lecture;

import java.io.PrintWriter;
import java.util.List;

/** All sections, in order. */
public final class Lecture {
    private static final List<Section> SECTIONS = List.of(new Definition(), new Scipy(), new Shapes(), new Squeezing(),
            new Functional(), new Layer(),
            new CrossCorrelation(), new Channels(), new Reshaping());

    private Lecture() {
    }

    /** The number of sections. */
    public static int sections() {
        return SECTIONS.size();
    }

    /** Replays every section. */
    public static void replay(PrintWriter out) {
        for (int number = 1; number <= SECTIONS.size(); number++) {
            replay(number, out);
        }
    }

    /**
     * Replays one section.
     *
     * @param number from 1
     * @throws IllegalArgumentException if there is no such section
     */
    public static void replay(int number, PrintWriter out) {
        if (number < 1 || number > SECTIONS.size()) {
            throw new IllegalArgumentException("there is no section " + number + ", expected 1 to " + SECTIONS.size());
        }
        SECTIONS.get(number - 1).replay(number, out);
    }
}
