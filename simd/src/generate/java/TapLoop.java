import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The text of the loop over the taps in a micro-kernel that finds them through a table. */
class TapLoop {
    /** The micro-tile of 16 registers, whose sums, loads and one broadcast fill them. */
    private static final int FULL_ROWS = 6;
    private static final int FULL_VECTORS = 2;
    private static final int TOGETHER = 4;

    private TapLoop() {
    }

    /**
     * The lines of the loop. For a tile of 6x2 it takes four steps at a time: in a loop of single steps C2 moves broadcasts ahead and spills a sum, which halves
     * the speed; between the bounds checks of several steps it does not. There are also fewer instructions beside the FMAs, which counts where another
     * hardware thread takes half of them: 0.59 of the peak of a Zen 3 so occupied, 0.46 with 4x2, 0.41 with 6x2 and single steps.
     *
     * @param index the variable
     * @param count the number of steps
     * @param step the lines of a step, for an index
     */
    static List<String> lines(String index, String count, int rows, int vectors, Function<String, List<String>> step) {
        List<String> lines = new ArrayList<>();
        lines.add(ForC2.shortLoop(count));
        if (rows != FULL_ROWS || vectors != FULL_VECTORS) {
            lines.add("for (int " + index + " = 0; " + index + " < end; " + index + "++) {");
            addIndented(lines, step.apply(index));
            lines.add("}");
            return lines;
        }
        lines.add("int " + index + " = 0;");
        lines.add("for (; " + index + " < end % " + TOGETHER + "; " + index + "++) {");
        addIndented(lines, step.apply(index));
        lines.add("}");
        lines.add("for (; " + index + " < end; " + index + " += " + TOGETHER + ") {");
        for (int u = 0; u < TOGETHER; u++) {
            lines.add("    {");
            addIndented(lines, step.apply(u == 0 ? index : "(" + index + " + " + u + ")").stream()
                    .map(line -> "    " + line).toList());
            lines.add("    }");
        }
        lines.add("}");
        return lines;
    }

    private static void addIndented(List<String> lines, List<String> body) {
        body.forEach(line -> lines.add("    " + line));
    }
}
