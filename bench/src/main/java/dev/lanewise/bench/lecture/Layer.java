package dev.lanewise.bench.lecture;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.ops.Conversion;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.PrintOptions;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.Tensor;

/** The layer. */
final class Layer extends Section {
    Layer() {
        super("conv2d as a layer that owns its kernel");
    }

    @Override
    void run() {
        Generator generator = new Generator(0);
        Conv2d conv = Conv2d.builder(1, 1, 3).bias(false).build(generator); // the kernel is drawn first
        Tensor input = RandomTensors.randn(generator, 1, 1, 8, 8);
        print(TorchPrinter.format(input, PrintOptions.TORCH.withLineWidth(120)));
        print(TorchPrinter.size(input));
        print(TorchPrinter.type(input));

        Tensor output = conv.forward(input);
        print(output);
        print(TorchPrinter.size(output));
        print(TorchPrinter.type(output));

        print(conv.weight());
        print(TorchPrinter.size(conv.weight()));
        print(TorchPrinter.type(conv.weight()));

        // an image of our own has to be of the kernel's type
        Tensor image = Inputs.image().unsqueeze(0).unsqueeze(0);
        print(image);
        print(TorchPrinter.size(image));
        print(TorchPrinter.type(image));
        image = Conversion.toFloat(image);
        print(TorchPrinter.type(image));

        // and so has a kernel of our own
        Tensor kernel = Tensors.tensor(new long[][] {{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}});
        print(TorchPrinter.type(kernel));
        conv.setWeight(Conversion.toFloat(kernel).unsqueeze(0).unsqueeze(0));
        Tensor edges = conv.forward(image);
        print(edges);
        print(TorchPrinter.size(edges));
    }
}
