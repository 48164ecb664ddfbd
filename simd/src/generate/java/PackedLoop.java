import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The text of the loop of a micro-kernel over the rows of a packed panel, which follow one another without a gap. */
class PackedLoop {
    private static final int TOGETHER = 4;

    private PackedLoop() {
    }

    /**
     * The lines of the loop: four steps at a time, after those that are too many. It has 2.1 instructions to an FMA where single steps take 2.8 and {@link TapLoop} 2.4,
     * which counts where another hardware thread takes half of them (Zen 3 so occupied, share of the peak: 0.73, 0.55, 0.65; with the core to itself all reach 0.9).
     *
     * <p>Its oddities are for C2. The distance from row to row is a variable, so that the places of four rows are unknown but
     * for the first, and checked all at once; a constant would let C2 remove the checks, move loads ahead, and spill sums. Exits between the steps, which are
     * never taken, prevent the rest of that. Were they taken, to make the first loop needless, the second one would be half as fast.
     *
     * @param index the variable
     * @param count the number of steps
     * @param start where the first row lies
     * @param distance the variable that holds the elements of a row
     * @param row the elements of a row
     * @param step the lines of a step, for an index and the place of its row
     */
    static List<String> lines(String index, String count, String start, String distance, String row,
            BiFunction<String, String, List<String>> step) {
        List<String> lines = new ArrayList<>();
        String place = "%s + %s * %s".formatted(start, index, distance);
        lines.add("int %s = 0;".formatted(index));
        lines.add("for (; %1$s < %2$s %% %3$d; %1$s++) {".formatted(index, count, TOGETHER));
        step.apply(index, place).forEach(line -> lines.add("    " + line));
        lines.add("}");
        for (int u = 1; u < TOGETHER; u++) {
            lines.add("int never%1$d = %2$s - %1$d;".formatted(u, count));
        }
        lines.add("for (; %1$s < %2$s; %1$s += %3$d) {".formatted(index, count, TOGETHER));
        lines.add("    int group = %s;".formatted(place));
        for (int u = 0; u < TOGETHER; u++) {
            if (u > 0) {
                lines.add("    if (%s == never%d) {".formatted(index, u));
                lines.add("        break;");
                lines.add("    }");
            }
            lines.add("    {");
            step.apply(u == 0 ? index : "(%s + %d)".formatted(index, u), "group + %d * %s".formatted(u, row))
                    .forEach(line -> lines.add("        " + line));
            lines.add("    }");
        }
        lines.add("}");
        return lines;
    }
}
