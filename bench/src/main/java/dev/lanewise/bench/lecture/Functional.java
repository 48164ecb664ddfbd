package dev.lanewise.bench.lecture;

import dev.lanewise.core.conv.Conv2d;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.Tensor;

/** The function conv2d. */
final class Functional extends Section {
    Functional() {
        super("conv2d as a function");
    }

    @Override
    void run() {
        Tensor image = Inputs.image().unsqueeze(0).unsqueeze(0); // as in section 3
        Tensor kernel = Inputs.kernel().unsqueeze(0).unsqueeze(0);
        print(kernel);
        print(TorchPrinter.size(kernel));

        // the kernel is not flipped: the signs are opposite to those of section 1
        Tensor output = Conv2d.apply(image, kernel, null, Conv2dSpec.DEFAULT.withStride(1));
        print(output);
        print(TorchPrinter.size(output));
    }
}
