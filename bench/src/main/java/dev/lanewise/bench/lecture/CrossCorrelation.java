package dev.lanewise.bench.lecture;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/** Convolution or cross-correlation. */
final class CrossCorrelation extends Section {
    CrossCorrelation() {
        super("conv2d is a cross-correlation");
    }

    @Override
    void run() {
        Tensor input = Tensors.zeros(DType.FLOAT64, 1, 1, 8, 8);
        Assignment.fill(input.select(0, 0).select(0, 0).select(1, 4), 1); // one bright column
        print(input);

        Tensor kernel = Tensors.zeros(DType.FLOAT64, 1, 1, 3, 3);
        print(NumpyPrinter.repr(kernel));
        Assignment.assign(kernel.select(0, 0).select(0, 0), Tensors.tensor(new double[] {1, 2, 3}));
        print(NumpyPrinter.repr(kernel));

        Conv2d conv = Conv2d.builder(1, 1, 3).bias(false).build(kernel, null);
        Tensor output = conv.forward(input);
        print(output); // the response is the kernel backwards, so the kernel was not flipped
        print(TorchPrinter.size(output));
    }
}
