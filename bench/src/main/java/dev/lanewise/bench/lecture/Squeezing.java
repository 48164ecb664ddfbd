package dev.lanewise.bench.lecture;

import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.tensor.Tensor;

/** Axes of size 1. */
final class Squeezing extends Section {
    Squeezing() {
        super("Adding and dropping axes of size 1");
    }

    @Override
    void run() {
        Tensor x = Tensors.tensor(new long[] {1, 2, 3, 4});
        print(TorchPrinter.size(x));
        print(TorchPrinter.size(Tensors.tensor(new long[][] {{1, 2, 3, 4}})));

        Tensor inFront = x.unsqueeze(0);
        print(inFront);
        print(TorchPrinter.size(inFront));

        Tensor behind = x.unsqueeze(1);
        print(behind);
        print(TorchPrinter.size(behind));

        Tensor three = Tensors.tensor(new long[][][] {{{1, 2, 1, 2}, {3, 4, 3, 4}, {1, 3, 1, 3}},
            {{5, 6, 5, 6}, {6, 7, 6, 7}, {8, 9, 8, 9}}});
        print(three);
        print(TorchPrinter.size(three));
        Tensor four = three.unsqueeze(1);
        print(four);
        print(TorchPrinter.size(four));

        Tensor deep = Tensors.tensor(new long[][][][] {{{{1, 2, 3, 4}}}});
        print(deep);
        print(TorchPrinter.size(deep));
        print(deep.squeeze());
        print(TorchPrinter.size(deep.squeeze()));

        Tensor middle = Tensors.zeros(4, 1, 5);
        print(middle);
        print(middle.squeeze());
    }
}
