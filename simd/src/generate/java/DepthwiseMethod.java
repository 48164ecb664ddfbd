/** The text of a depthwise kernel, a method of {@code FloatDepthwiseKernels}. Sum i of strip t, {@code s<t>_<i>}, is the i-th of those that the current row of x meets. */
class DepthwiseMethod {
    private final StringBuilder text = new StringBuilder();
    private final DepthwiseKernel kernel;
    private final int size;
    private final int stride;
    private final int following;
    private int rows;

    DepthwiseMethod(DepthwiseKernel kernel) {
        this.kernel = kernel;
        this.size = kernel.size();
        this.stride = kernel.stride();
        this.following = kernel.following();
    }

    String text() {
        line("");
        line("    private static void %s(%s) {", kernel.name(), DepthwiseKernels.PARAMETERS);
        masks();
        line("        int c = 0;");
        if (kernel.goesThroughChannels()) {
            line("        for (; c < channels; c++) {");
        }
        constants();
        int begun = kernel.hasHead() ? 0 : Math.ceilDiv(size - stride, stride);
        for (int v = 0; kernel.hasHead() && v < size - stride; v++) {
            firstRow(v);
        }
        // the one variable of the loop, because C2 carries several through memory: 3x3 of 14x14 pixels took 1.2 times as long
        line("        int done = %d;", -begun);
        line("        for (; done < count - %d; done++) {", kernel.hasTail() ? following : 0);
        place();
        output(0, following);
        strips(t -> {
            for (int i = 0; i < following; i++) {
                line("            s%1$d_%2$d = s%1$d_%3$d;", t, i, i + 1);
            }
        });
        line("        }");
        if (kernel.hasTail()) {
            place();
            for (int q = 0; q < following; q++) {
                output(q, following - 1 - q);
            }
        }
        if (kernel.goesThroughChannels()) {
            line("        }");
        }
        line("    }");
        return text.toString();
    }

    /** Where output row {@code done} is, and the row of x that is the first to complete it. */
    private void place() {
        line("            int row = top + %d + done%s;", size - stride, times(stride));
        line("            int at = plane + row * ldx;");
        line("            int to = result + %s * ldy;", kernel.hasHead() ? "done" : "Math.max(done, 0)");
    }

    private static String times(int factor) {
        return factor == 1 ? "" : " * " + factor;
    }

    private void masks() {
        line("        VectorMask<Float> stored = VectorMask.fromLong(S, pixels);");
        strips(t -> {
            for (int i = 0; i < kernel.count(); i++) {
                if (kernel.isMasked(t, i)) {
                    line("        VectorMask<Float> m%d_%d = VectorMask.fromLong(S, masks[%d]);", t, i,
                            t * kernel.count() + i);
                }
            }
        });
    }

    private void constants() {
        line("            int wOffset = (channel + c) * %d;", size * size);
        for (int k = 0; k < size * size; k++) {
            if (kernel.holds(k)) {
                line("        FloatVector w%1$d = FloatVector.broadcast(S, w[wOffset + %1$d]);", k);
            }
        }
        if (kernel.ordered() && !kernel.holds(size * size - 1)) {
            line("            spread(w, wOffset, %d, spread);", size * size);
        }
        line("        FloatVector start = FloatVector.broadcast(S, bias[channel + c]);");
        line("        FloatVector zero = FloatVector.zero(S);");
        line("            int plane = xOffset + c * xChannel;");
        line("            int result = yOffset + c * yChannel;");
        strips(t -> {
            for (int i = 0; i <= following; i++) {
                // not the same zero for all, which C2 would keep on the stack, and each sum with it (3x3: half the speed)
                line("        FloatVector s%d_%d = %s;", t, i,
                        kernel.hasHead() || size == 7
                                ? "zero"
                                : "FloatVector.fromArray(S, zeros, %d)".formatted(t * (following + 1) + i));
            }
        });
    }

    /** Row v of x, which completes no sum. */
    private void firstRow(int v) {
        line("        int row%1$d = top + %1$d;", v);
        row("row" + v, "plane + row%d * ldx".formatted(v));
        strips(t -> {
            vectors(t);
            taps(t, 0, v / stride, i -> v - i * stride);
        });
    }

    /** The rows of x that complete output row {@code done + q}; they belong to {@code more} output rows beyond it. */
    private void output(int q, int more) {
        for (int j = 0; j < stride; j++) {
            int v = size - stride + j;
            int below = q * stride + j;
            row(below == 0 ? "row" : "row + " + below, below == 0 ? "at" : "at + %d * ldx".formatted(below));
            boolean isLast = j == stride - 1;
            if (isLast && more < following) {
                line("        if (done + %d < count) {", q);
            }
            strips(t -> {
                vectors(t);
                taps(t, q, q + Math.min(more, v / stride), i -> v - (i - q) * stride);
                if (isLast) {
                    line("            start.add(s%d_%d)%s.intoArray(y, to%s%s, stored);", t, q,
                            stride == 1 ? "" : ".rearrange(ORDER)", q == 0 ? "" : " + " + q + " * ldy",
                            column(t, 1));
                }
            });
            if (isLast && more < following) {
                line("        }");
            }
        }
    }

    /** The array and the offset of a row of x. */
    private void row(String number, String at) {
        rows++;
        line("            boolean inside%1$d = %2$s >= 0 && %2$s < height;", rows, number);
        line("            float[] x%1$d = inside%1$d ? x : zeros;", rows);
        line("            int at%1$d = inside%1$d ? %2$s : 0;", rows, at);
    }

    private void load(int t, int i) {
        String load = "FloatVector.fromArray(S, x%1$d, at%1$d%2$s%3$s)".formatted(rows, column(t, stride),
                offset(i));
        line("            FloatVector %s = %s;", loaded(t, i),
                kernel.isMasked(t, i) ? "zero.blend(%s, m%d_%d)".formatted(load, t, i) : load);
    }

    /** The vectors of the row for a strip, one for each tap. Those that are ordered come with their taps. */
    private void vectors(int t) {
        if (kernel.ordered()) {
            return;
        }
        for (int i = 0; i < kernel.count(); i++) {
            load(t, i);
        }
        for (int s = 0; s < size; s++) {
            int by = kernel.rotation(s);
            if (by > 0) {
                line("            FloatVector %s = %s.rearrange(%s%d);", vector(t, s), vector(t, s - by * stride),
                        stride == 1 ? "ROTATE" : "NEXT", by);
            } else if (stride == 2) {
                int pair = kernel.shared() ? 0 : 2 * s;
                line("            FloatVector %s = %s%s.blend(%s%s, ODD);", vector(t, s), loaded(t, pair),
                        kernel.shared() && s == 1 ? ".rearrange(ROTATE1)" : "", loaded(t, pair + 1),
                        kernel.shared() && s == 0 ? ".rearrange(ROTATE_BACK)" : "");
            }
        }
    }

    /** What is to be added for the column of strip t. */
    private String column(int t, int stride) {
        String column = t < kernel.strips() - 1 ? t + " * " + kernel.pixels() : "last";
        return t == 0 ? "" : " + " + (stride == 1 ? "" : stride + " * ") + column;
    }

    private String vector(int t, int s) {
        return "x%d_%d_%d".formatted(rows, t, s);
    }

    /** At stride 1 a load is the vector of its first tap. */
    private String loaded(int t, int i) {
        return stride == 2 ? "l%d_%d_%d".formatted(rows, t, i) : vector(t, kernel.shared() ? 3 * i : i);
    }

    private String offset(int i) {
        if (stride == 1) {
            return i == 0
                    ? ""
                    : kernel.shared() ? " + " + 3 * i : kernel.ordered() ? " + " + i : " + " + i + " * dilation";
        }
        int tap = kernel.shared() ? 0 : i / 2;
        return (tap == 0 ? "" : " + " + tap) + (i % 2 == 0 ? "" : kernel.shared() ? " + LANES" : " + LANES - 1");
    }

    private interface TapRow {
        /** The row of taps that sum i folds. */
        int of(int i);
    }

    /** Folds the taps of the row into sums {@code first} to {@code last}. */
    private void taps(int t, int first, int last, TapRow tapRow) {
        for (int s = 0; s < size; s++) {
            if (kernel.ordered()) {
                line("            VarHandle.loadLoadFence();");
                load(t, s);
            }
            for (int i = first; i <= last; i++) {
                int tap = tapRow.of(i) * size + s;
                if (kernel.broadcastsAnew() && !kernel.holds(tap)) {
                    line("            %s", ForC2.ORDERED);
                }
                line("            s%1$d_%2$d = %3$s.fma(%4$s, %5$s);", t, i, vector(t, s), weight(tap),
                        tap == 0 ? "zero" : "s%d_%d".formatted(t, i));
            }
        }
    }

    private String weight(int tap) {
        return kernel.holds(tap)
                ? "w" + tap
                : kernel.broadcastsAnew()
                        ? "FloatVector.broadcast(S, w[wOffset + %d])".formatted(tap)
                        : "FloatVector.fromArray(S, spread, %d * LANES)".formatted(tap);
    }

    private interface Strip {
        void at(int t);
    }

    private void strips(Strip strip) {
        for (int t = 0; t < kernel.strips(); t++) {
            strip.at(t);
        }
    }

    private void line(String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
    }
}
