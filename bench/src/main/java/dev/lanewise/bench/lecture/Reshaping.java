package dev.lanewise.bench.lecture;

import dev.lanewise.core.ops.Arithmetic;
import dev.lanewise.core.ops.Comparison;
import dev.lanewise.core.ops.Reduction;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.print.TorchPrinter;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.Tensor;

/** Views and copies. */
final class Reshaping extends Section {
    Reshaping() {
        super("Reshaping by view and by reshape");
    }

    @Override
    void run() {
        Generator generator = new Generator(0);
        Tensor x = RandomTensors.randn(generator, 3, 4);
        print(x);
        Tensor y = x.view(2, 6);
        print(y);
        Tensor z = x.reshape(2, 6);
        print(z);
        print(Comparison.eq(y, z));
        print(Reduction.all(Comparison.lt(Arithmetic.abs(Reduction.sum(Arithmetic.subtract(y, z))), 1e-12)));
        print(Comparison.allclose(y, z));

        // one size may be left to be worked out
        Tensor ten = RandomTensors.randn(generator, 10);
        print(ten.reshape(2, 5));
        print(ten.reshape(2, -1));
        print(ten.view(2, 5));
        print(ten.view(2, -1));
        printError(() -> ten.reshape(3, -1));
        printError(() -> ten.view(3, -1));

        // flattening
        Tensor count = Tensors.arange(10);
        print(count);
        Tensor rows = count.view(2, 5);
        print(rows);
        print(rows.reshape(-1));
        print(rows.view(-1));
        print(rows.view(1, -1));
        Tensor columns = rows.t();
        print(columns);
        print(columns.reshape(-1)); // a copy
        printError(() -> columns.view(-1));

        // the strides tell why
        print(count.isContiguous());
        print(TorchPrinter.stride(rows));
        print(rows.isContiguous());
        print(TorchPrinter.stride(columns));
        print(columns.isContiguous());
        Tensor copy = columns.reshape(-1);
        print(TorchPrinter.stride(copy));
        print(copy.isContiguous());

        Tensor contiguous = columns.contiguous();
        print(contiguous);
        print(TorchPrinter.stride(contiguous));
        print(contiguous.isContiguous());
        Tensor flat = contiguous.view(-1);
        print(flat);
        print(TorchPrinter.stride(flat));
        print(flat.isContiguous());
    }
}
