package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.conv.RunChecks;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numerics contract written down a second time, without a line of the reference: it pads explicitly, copies everything to
 * contiguous doubles and calls {@link Math#fma}. Slow where there is no FMA hardware. It makes the {@link Fault}s that it is asked for.
 */
public final class PlainProvider implements Conv2dProvider {
    private static final String ALGORITHM = "PLAIN";
    private static final int BLOCK = 256;

    private final Set<Fault> faults;

    /** A provider that makes these mistakes; without any it keeps the contract. */
    public PlainProvider(Fault... faults) {
        this.faults = Set.of(faults);
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String describe() {
        return "plain: the contract written down a second time"
                + (faults.isEmpty() ? "" : ", with the faults " + faults);
    }

    @Override
    public boolean supports(DType dtype) {
        return dtype.isFloatingPoint();
    }

    @Override
    public List<String> algorithms() {
        return List.of(ALGORITHM);
    }

    @Override
    public Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        if (options.algorithm() != null && !options.algorithm().equals(ALGORITHM) && !has(Fault.ANY_ALGORITHM)) {
            throw new IllegalArgumentException("the plain provider has no algorithm " + options.algorithm());
        }
        if (!options.epilogues().isEmpty()) {
            throw new IllegalArgumentException(
                    "the plain provider applies no epilogues, but got " + options.epilogues());
        }
        boolean shared = faults.contains(Fault.WEIGHT_NOT_COPIED);
        Tensor own = shared ? weight : weight.copy();
        if ((options.flushesSubnormalWeights() || has(Fault.SUBNORMAL_WEIGHTS_FLUSHED))
                && !has(Fault.SUBNORMAL_WEIGHTS_KEPT)) {
            own = Values.withoutSubnormals(own);
        }
        return new Plan(shape, own, bias == null ? null : bias.copy(),
                options.workers().parallelism());
    }

    @Override
    public Conv2dPlan replan(Conv2dPlan plan, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            Conv2dOptions options) {
        return plan(shape, weight, has(Fault.BIAS_LOST_IN_REPLANNING) ? null : bias, options);
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    private final class Plan implements Conv2dPlan {
        private final Conv2dShape shape;
        private final Tensor weight;
        private final @Nullable Tensor bias;
        private final int threads;
        private final boolean skipsPadding;
        private double @Nullable [] scratch;
        private double @Nullable [] firstResult;

        Plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, int threads) {
            this.shape = shape;
            this.weight = weight;
            this.bias = bias;
            this.threads = threads;
            this.skipsPadding = shape.paddingMode() == PaddingMode.ZEROS
                    && (has(Fault.PADDING_SKIPPED)
                            || has(Fault.PADDING_SKIPPED_ON_NEGATIVE_ZERO) && isFinite(weight));
        }

        @Override
        public Conv2dShape shape() {
            return shape;
        }

        @Override
        public String algorithm() {
            return has(Fault.MISLABELLED) ? "PLANE" : ALGORITHM;
        }

        @Override
        public String describe() {
            return PlainProvider.this.describe();
        }

        @Override
        public long scratchBytes() {
            return 0;
        }

        @Override
        public void run(Tensor x, Tensor y) {
            if (!has(Fault.UNCHECKED_RUN)) {
                new RunChecks(shape, Conv2dOptions.DEFAULT).check(x, y);
            }
            if (has(Fault.WRITES_TO_X)) {
                clamp(x);
            }
            if (y.numel() > 0) {
                double[] padded = padded(has(Fault.STRIDES_OF_X_IGNORED) ? first(x) : doubles(x));
                double[] result = compute(has(Fault.SCRATCH_SHARED) ? shared(padded) : padded, doubles(weight));
                write(has(Fault.FIRST_RUN_REPEATED) ? first(result) : result, y);
            }
        }

        /** What the last thread that came by left here. */
        private double[] shared(double[] padded) {
            scratch = padded;
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return scratch;
        }

        private double[] first(double[] result) {
            if (firstResult == null) {
                firstResult = result;
            }
            return firstResult;
        }

        /** y, row-major; an element that is left out is NaN. */
        private double[] compute(double[] x, double[] w) {
            int rows = shape.rows().output();
            int columns = shape.columns().output();
            int groups = shape.groups() - (has(Fault.LAST_GROUP_MISSING) && shape.groups() > 1 ? 1 : 0);
            double[] y = new double[shape.batch() * shape.outputChannels() * rows * columns];
            Arrays.fill(y, Double.NaN);
            for (int n = 0; n < shape.batch(); n++) {
                for (int o = 0; o < groups * shape.groupOutputChannels(); o++) {
                    for (int p = 0; p < rows; p++) {
                        for (int q = 0; q < columns - (has(Fault.LAST_COLUMN_MISSING) ? 1 : 0); q++) {
                            y[((n * shape.outputChannels() + o) * rows + p) * columns + q] = element(x, w, n, o, p, q);
                        }
                    }
                }
            }
            return y;
        }

        private double element(double[] x, double[] w, int n, int o, int p, int q) {
            Conv2dAxis h = shape.rows();
            Conv2dAxis v = shape.columns();
            boolean swapped = has(Fault.STRIDES_SWAPPED);
            int in = shape.groupInputChannels();
            int group = has(Fault.GROUPS_INTERLEAVED) ? o % shape.groups() : o / shape.groupOutputChannels();
            int firstRow = p * (swapped ? v.stride() : h.stride());
            int firstColumn = q * (swapped ? h.stride() : v.stride());
            int image = has(Fault.FIRST_IMAGE_ONLY) ? 0 : n;
            double b = bias == null || has(Fault.BIAS_LOST) ? 0 : bias.getDouble(o);
            double value = has(Fault.BIAS_ADDED_LAST) ? 0 : b;
            double sum = 0;
            int count = in * h.kernel() * v.kernel();
            for (int k = 0; k < count; k++) {
                int c = k / (h.kernel() * v.kernel());
                int rest = k % (h.kernel() * v.kernel());
                boolean turned = has(Fault.TAPS_IN_ANOTHER_ORDER);
                int r = turned ? rest % h.kernel() : rest / v.kernel();
                int s = turned ? rest / h.kernel() : rest % v.kernel();
                int row = firstRow + r * h.dilation();
                int column = firstColumn + s * (has(Fault.DILATION_OF_ROWS) ? h.dilation() : v.dilation());
                if (!skipped(row, column)) {
                    double pixel = at(x, (image * shape.inputChannels() + group * in + c), row, column);
                    sum = multiplyAdd(pixel, w[((o * in + c) * h.kernel() + r) * v.kernel() + s], sum);
                }
                if (k == count - 1 || (k + 1) % BLOCK == 0 && !has(Fault.ONE_LONG_FOLD)) {
                    value = rounded(value + sum);
                    sum = 0;
                }
            }
            return has(Fault.BIAS_ADDED_LAST) ? rounded(value + b) : value;
        }

        /** Outside the padded image, where only a faulty provider looks, are ones. */
        private double at(double[] x, int plane, int row, int column) {
            int height = shape.rows().padded();
            int width = shape.columns().padded();
            return row < height && column < width ? x[(plane * height + row) * width + column] : 1;
        }

        private boolean skipped(int row, int column) {
            return skipsPadding
                    && (source(row, shape.rows(), PaddingMode.ZEROS) < 0
                            || source(column, shape.columns(), PaddingMode.ZEROS) < 0);
        }

        private static boolean isFinite(Tensor tensor) {
            return Arrays.stream(doubles(tensor)).allMatch(Double::isFinite);
        }

        private double multiplyAdd(double a, double b, double c) {
            if (has(Fault.MULTIPLY_THEN_ADD)) {
                return rounded(rounded(a * b) + c);
            }
            double result = shape.dtype() == DType.FLOAT32
                    ? Math.fma((float) a, (float) b, (float) c)
                    : Math.fma(a, b, c);
            double least = shape.dtype() == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
            return has(Fault.SUBNORMALS_FLUSHED) && Math.abs(result) < least ? Math.copySign(0, result) : result;
        }

        private double rounded(double value) {
            return shape.dtype() == DType.FLOAT32 ? (float) value : value;
        }

        // ---- padding ----

        /** x, row-major, with the image padded. */
        private double[] padded(double[] x) {
            Conv2dAxis h = shape.rows();
            Conv2dAxis v = shape.columns();
            boolean zeros = shape.paddingMode() == PaddingMode.ZEROS;
            PaddingMode mode = zeros && has(Fault.PADDING_REPLICATED) ? PaddingMode.REPLICATE : shape.paddingMode();
            Conv2dAxis left = has(Fault.PADDING_OF_TOP) && zeros
                    ? new Conv2dAxis(v.input(), v.kernel(), v.stride(), v.dilation(), h.before(),
                            v.padded() - v.input() - h.before(), v.output())
                    : v;
            double[] padded = new double[shape.batch() * shape.inputChannels() * h.padded() * v.padded()];
            int i = 0;
            for (int plane = 0; plane < shape.batch() * shape.inputChannels(); plane++) {
                for (int row = 0; row < h.padded(); row++) {
                    int fromRow = source(row, h, mode);
                    for (int column = 0; column < v.padded(); column++) {
                        int fromColumn = source(column, left, mode);
                        padded[i++] = fromRow < 0 || fromColumn < 0
                                ? 0
                                : x[(plane * h.input() + fromRow) * v.input() + fromColumn];
                    }
                }
            }
            return padded;
        }

        /** Step by step where {@link Conv2dAxis#source} calculates; -1 is zero. */
        private static int source(int padded, Conv2dAxis axis, PaddingMode mode) {
            int i = padded - axis.before();
            int first = Math.max(-axis.before(), 0); // what is cropped away is not repeated
            int end = axis.input() + Math.min(axis.after(), 0);
            while (mode == PaddingMode.CIRCULAR && (i < first || i >= end)) {
                i += i < first ? end - first : first - end;
            }
            while (mode != PaddingMode.CIRCULAR && (i < 0 || i >= axis.input())) {
                switch (mode) {
                    case REFLECT -> i = i < 0 ? -i : 2 * axis.input() - 2 - i;
                    case REPLICATE -> i += i < 0 ? 1 : -1;
                    default -> {
                        return -1;
                    }
                }
            }
            return i;
        }

        // ---- tensors ----

        private static double[] doubles(Tensor tensor) {
            double[] values = new double[tensor.numel()];
            Positions at = tensor.positions();
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.storage().getDouble(at.next());
            }
            return values;
        }

        /** As many elements as there are, from the first one on. */
        private static double[] first(Tensor tensor) {
            double[] values = new double[tensor.numel()];
            for (int i = 0; i < values.length && tensor.offset() + i < tensor.storage().length(); i++) {
                values[i] = tensor.storage().getDouble(tensor.offset() + i);
            }
            return values;
        }

        private static void clamp(Tensor tensor) {
            for (Positions at = tensor.positions(); at.hasNext();) {
                int i = at.next();
                tensor.storage().setDouble(i, Math.min(tensor.storage().getDouble(i), 1));
            }
        }

        private void write(double[] values, Tensor y) {
            Positions at = y.positions();
            int last = 0;
            for (double value : values) {
                last = at.next();
                double old = y.storage().getDouble(last);
                boolean twice = has(Fault.THREADS_ADD_UP) && threads > 1 && !at.hasNext();
                y.storage().setDouble(last,
                        has(Fault.ADDS_TO_Y) ? rounded(old + value) : twice ? value + value : value);
            }
            if (has(Fault.WRITES_BEHIND_Y) && last + 1 < y.storage().length()) {
                y.storage().setDouble(last + 1, 0);
            }
            y.markModified();
        }
    }
}
