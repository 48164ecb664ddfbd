package dev.lanewise.bench.lecture;

import dev.lanewise.core.conv.Convolve2d;
import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/** A convolution, written out. */
final class Definition extends Section {
    Definition() {
        super("Convolution of two arrays");
    }

    @Override
    void run() {
        Tensor image = Tensors.zeros(DType.FLOAT64, 8, 8);
        Assignment.fill(image.slice(1, 0, 4, 1), 4.0); // columns 0 to 3
        Assignment.fill(image.slice(1, 4, 8, 1), 1.0); // columns 4 to 7
        printArray(image);

        Tensor kernel = Tensors.zeros(DType.FLOAT64, 3, 3);
        Assignment.fill(kernel.select(1, 0), -1.0);
        Assignment.fill(kernel.select(1, 2), 1.0);
        printArray(kernel);

        // the kernel is flipped, and lies inside the image everywhere
        Tensor output = Convolve2d.convo2d(image, kernel);
        printArray(output);
        print(NumpyPrinter.shape(output));
    }
}
