package dev.lanewise.core.conv;

import dev.lanewise.core.epilogue.EpilogueSteps;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Walks every output element and folds its taps in the contract's order: {@code k = (c*R + r)*S + s}. */
final class ReferencePlan implements Conv2dPlan {
    private final Conv2dShape shape;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final Workers workers;
    private final EpilogueSteps epilogues;
    private final RunChecks checks;
    private final int[] rowSources;
    private final int[] columnSources;

    ReferencePlan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        this.shape = shape;
        this.weight = weight;
        this.bias = bias;
        this.workers = options.workers();
        this.epilogues = new EpilogueSteps(options.epilogues());
        this.checks = new RunChecks(shape, options);
        this.rowSources = shape.rows().sources(shape.paddingMode());
        this.columnSources = shape.columns().sources(shape.paddingMode());
    }

    @Override
    public Conv2dShape shape() {
        return shape;
    }

    @Override
    public String algorithm() {
        return ReferenceProvider.ALGORITHM;
    }

    @Override
    public String describe() {
        return "REFERENCE: the specification, one output element at a time";
    }

    @Override
    public long scratchBytes() {
        return (long) Integer.BYTES * shape.taps() * workers.parallelism();
    }

    @Override
    public void run(Tensor x, Tensor y) {
        compute(x, null, y);
    }

    @Override
    public void run(Tensor x, Tensor residual, Tensor y) {
        compute(x, residual, y);
    }

    private void compute(Tensor x, @Nullable Tensor residual, Tensor y) {
        checks.check(x, residual, y);
        if (y.numel() == 0) {
            return;
        }
        Tensor images = batch(x);
        Tensor results = batch(y);
        Tensor residuals = residual == null ? null : batch(residual);
        TapFold fold = TapFold.of(shape.dtype(), x, weight, bias, y);
        int[][] taps = new int[workers.parallelism()][shape.taps()];
        workers.run(shape.batch() * shape.groups() * shape.rows().output(),
                (task, worker) -> row(images, residuals, results, fold, task, taps[worker]));
        y.markModified();
    }

    private Tensor batch(Tensor tensor) {
        return shape.batched() ? tensor : tensor.unsqueeze(0);
    }

    /** All output channels of one group, in one output row of one image. */
    private void row(Tensor x, @Nullable Tensor residual, Tensor y, TapFold fold, int task, int[] taps) {
        int p = task % shape.rows().output();
        int group = task / shape.rows().output() % shape.groups();
        int n = task / shape.rows().output() / shape.groups();
        int firstChannel = group * shape.groupOutputChannels();
        for (int q = 0; q < shape.columns().output(); q++) {
            locateTaps(x, n, group, p, q, taps);
            for (int o = firstChannel; o < firstChannel + shape.groupOutputChannels(); o++) {
                int position = position(y, n, o, p, q);
                fold.fold(taps, o, position);
                epilogues.apply(y, position, residual, residual == null ? 0 : position(residual, n, o, p, q));
            }
        }
    }

    private static int position(Tensor tensor, int n, int o, int p, int q) {
        return tensor.offset() + n * tensor.stride(0) + o * tensor.stride(1) + p * tensor.stride(2)
                + q * tensor.stride(3);
    }

    /** Where the taps of one output pixel lie in x's array, in the order in which they are folded; a padded zero lies nowhere. */
    private void locateTaps(Tensor x, int n, int group, int p, int q, int[] taps) {
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        int k = 0;
        for (int c = 0; c < shape.groupInputChannels(); c++) {
            int plane = x.offset() + n * x.stride(0) + (group * shape.groupInputChannels() + c) * x.stride(1);
            for (int r = 0; r < rows.kernel(); r++) {
                int row = rowSources[p * rows.stride() + r * rows.dilation()];
                for (int s = 0; s < columns.kernel(); s++) {
                    int column = columnSources[q * columns.stride() + s * columns.dilation()];
                    boolean zero = row == Conv2dAxis.ZERO || column == Conv2dAxis.ZERO;
                    taps[k++] = zero ? TapFold.ZERO : plane + row * x.stride(2) + column * x.stride(3);
                }
            }
        }
    }
}
