package dev.lanewise.bench.lecture;

import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.Tensor;

/** What shapes conv2d takes. */
final class Shapes extends Section {
    Shapes() {
        super("The shapes of image and kernel for conv2d");
    }

    @Override
    void run() {
        Tensor image = Inputs.image(); // as in section 1
        print(image);
        print(TorchPrinter.size(image));
        print(image.dtype().label());

        Tensor kernel = Inputs.kernel();
        print(kernel);
        print(TorchPrinter.size(kernel));

        // an axis for the batch and one for the channels
        Tensor batch = image.unsqueeze(0).unsqueeze(0);
        print(batch);
        print(TorchPrinter.size(batch));
    }
}
