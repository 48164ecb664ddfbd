package dev.lanewise.bench.lecture;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.ops.Arithmetic;
import dev.lanewise.core.ops.Assignment;
import dev.lanewise.core.ops.Conversion;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/** More than one channel. */
final class Channels extends Section {
    Channels() {
        super("Many channels, and groups of them");
    }

    @Override
    void run() {
        Tensor input = Tensors.zeros(DType.FLOAT64, 1, 2, 8, 8);
        Assignment.fill(input.select(0, 0).select(0, 0).select(1, 2), 1.0);
        Assignment.fill(input.select(0, 0).select(0, 1).select(1, 6), 1.0);
        input = Conversion.toFloat(input);
        print(input);
        print(TorchPrinter.size(input));

        Generator generator = new Generator(0);
        Conv2d.builder(1, 1, 3).bias(false).build(generator); // the kernel of section 6
        Conv2d toOne = Conv2d.builder(2, 1, 3).bias(false).build(generator);
        print(toOne.weight());
        print(TorchPrinter.size(toOne.weight()));
        Tensor one = toOne.forward(input);
        print(one);
        print(TorchPrinter.size(one));
        print(Conversion.to(Arithmetic.add(Arithmetic.multiply(one, 10), 0.5), DType.INT8));

        Conv2d toThree = Conv2d.builder(2, 3, 3).bias(false).build(generator);
        print(toThree.weight());
        print(TorchPrinter.size(toThree.weight()));
        Tensor three = toThree.forward(input);
        print(Conversion.to(Arithmetic.add(Arithmetic.multiply(three, 10), 0.5), DType.INT8));

        printError(() -> Conv2d.builder(2, 3, 3).groups(2).bias(false).build(generator));

        Conv2d.builder(2, 3, 3).build(generator); // drawn in between, and not shown
        Conv2d depthwise = Conv2d.builder(4, 4, 3).groups(4).build(generator);
        print(depthwise.weight());
        print(TorchPrinter.size(depthwise.weight()));

        Conv2d grouped = Conv2d.builder(4, 4, 3).groups(2).bias(false).build(generator);
        print(grouped.weight());
        print(TorchPrinter.size(grouped.weight()));
    }
}
