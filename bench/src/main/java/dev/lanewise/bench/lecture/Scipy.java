package dev.lanewise.bench.lecture;

import dev.lanewise.core.conv.Convolve2d;
import dev.lanewise.core.conv.ConvolveBoundary;
import dev.lanewise.core.conv.ConvolveMode;
import dev.lanewise.core.print.NumpyPrinter;
import dev.lanewise.core.tensor.Tensor;

/** SciPy's function. */
final class Scipy extends Section {
    Scipy() {
        super("The same as SciPy's convolve2d");
    }

    @Override
    void run() {
        Tensor image = Inputs.image(); // as in section 1
        Tensor kernel = Inputs.kernel();
        Tensor output = Convolve2d.convolve2d(image, kernel, ConvolveMode.VALID);
        printArray(output);
        print(NumpyPrinter.shape(output));

        // every pixel that the kernel touches, with the image mirrored at its edges
        Tensor full = Convolve2d.convolve2d(image, kernel, ConvolveMode.FULL, ConvolveBoundary.SYMM, 0);
        printArray(full);
        print(NumpyPrinter.shape(full));
    }
}
