package dev.lanewise.core.conv;

import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Walks every output element and folds its taps in the contract's order: {@code k = (c*R + r)*S + s}. */
final class ReferencePlan implements Conv2dPlan {
    private final Conv2dShape shape;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final Workers workers;
    private final RunChecks checks;
    private final int[] rowSources;
    private final int[] columnSources;

    ReferencePlan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Workers workers) {
        this.shape = shape;
        this.weight = weight;
        this.bias = bias;
        this.workers = workers;
        this.checks = new RunChecks(shape);
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
        checks.check(x, y);
        if (y.numel() == 0) {
            return;
        }
        Tensor images = shape.batched() ? x : x.unsqueeze(0);
        Tensor results = shape.batched() ? y : y.unsqueeze(0);
        TapFold fold = TapFold.of(shape.dtype(), x, weight, bias, y);
        int[][] taps = new int[workers.parallelism()][shape.taps()];
        workers.run(shape.batch() * shape.groups() * shape.rows().output(),
                (task, worker) -> row(images, results, fold, task, taps[worker]));
        y.markModified();
    }

    /** All output channels of one group, in one output row of one image. */
    private void row(Tensor x, Tensor y, TapFold fold, int task, int[] taps) {
        int p = task % shape.rows().output();
        int group = task / shape.rows().output() % shape.groups();
        int n = task / shape.rows().output() / shape.groups();
        int firstChannel = group * shape.groupOutputChannels();
        for (int q = 0; q < shape.columns().output(); q++) {
            locateTaps(x, n, group, p, q, taps);
            for (int o = firstChannel; o < firstChannel + shape.groupOutputChannels(); o++) {
                fold.fold(taps, o, y.offset() + n * y.stride(0) + o * y.stride(1) + p * y.stride(2) + q * y.stride(3));
            }
        }
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
