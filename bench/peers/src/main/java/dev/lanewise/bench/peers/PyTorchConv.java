package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** libtorch's {@code at::conv2d} in inference mode. Each call allocates y, as PyTorch does, and packs the weights. */
public final class PyTorchConv implements ConvPeer {
    /** For {@link java.util.ServiceLoader}. */
    public PyTorchConv() {
    }

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public String describe() {
        try {
            String version = Loader.getVersion("org.bytedeco", "pytorch"); // 2.10.0-1.5.13: PyTorch's and JavaCPP's
            return "PyTorch " + version.substring(0, version.indexOf('-'))
                    + ": at::conv2d in inference mode, which allocates y in each call";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing: the contract's options are its own. */
    @Override
    public Optional<String> lacks(Conv2dShape shape) {
        return Optional.empty();
    }

    @Override
    public ConvContestant prepare(ConvProblem problem, int threads) {
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads); // PyTorch computes some convolutions by it, and does not tell it
        return new Run(problem);
    }

    private static final class Run implements ConvContestant {
        private final ConvProblem problem;
        private final InferenceMode inference = new InferenceMode(true);
        private final Tensor x;
        private final Tensor weight;
        private final @Nullable Tensor bias;
        private final TensorOptional optionalBias;
        private final long[] stride;
        private final long[] padding;
        private final long[] dilation;
        /** Left, right, top and bottom, where the padding is more than conv2d takes. */
        private final long @Nullable [] sides;

        Run(ConvProblem problem) {
            Conv2dShape shape = problem.shape();
            this.problem = problem;
            this.x = tensor(problem.x());
            this.weight = tensor(problem.weight());
            this.bias = problem.bias() == null ? null : tensor(problem.bias());
            this.optionalBias = bias == null ? new TensorOptional() : new TensorOptional(bias);
            this.stride = NativeShapes.both(shape, Conv2dAxis::stride);
            this.dilation = NativeShapes.both(shape, Conv2dAxis::dilation);
            boolean plain = shape.paddingMode() == PaddingMode.ZEROS && NativeShapes.isSymmetric(shape)
                    && !NativeShapes.isCropped(shape);
            this.padding = plain ? NativeShapes.both(shape, Conv2dAxis::before) : new long[2];
            this.sides = plain
                    ? null
                    : new long[] {shape.columns().before(), shape.columns().after(), shape.rows().before(),
                        shape.rows().after()};
        }

        /** In memory of PyTorch's own. */
        private static Tensor tensor(dev.lanewise.core.tensor.Tensor values) {
            boolean isSingle = values.dtype() == DType.FLOAT32;
            long[] shape = Arrays.stream(values.shape()).asLongStream().toArray();
            try (TensorOptions type = new TensorOptions(
                    isSingle ? torch.ScalarType.Float : torch.ScalarType.Double)) {
                if (values.numel() == 0) {
                    return torch.zeros(shape, type);
                }
                try (Pointer data = isSingle ? new FloatPointer(values.floats()) : new DoublePointer(values.doubles());
                        Tensor view = torch.from_blob(data, shape, type)) {
                    return view.clone();
                }
            }
        }

        private Tensor conv() {
            if (sides == null) {
                return torch.conv2d(x, weight, optionalBias, stride, padding, dilation, problem.shape().groups());
            }
            try (DoubleOptional zero = new DoubleOptional();
                    Tensor padded = torch.pad(x, sides, mode(problem.shape().paddingMode()), zero)) {
                return torch.conv2d(padded, weight, optionalBias, stride, padding, dilation, problem.shape().groups());
            }
        }

        private static String mode(PaddingMode mode) {
            return mode == PaddingMode.ZEROS ? "constant" : mode.label();
        }

        @Override
        public String name() {
            return "pytorch";
        }

        @Override
        public String algorithm() {
            return "conv2d";
        }

        @Override
        public double flops() {
            return problem.shape().flops();
        }

        @Override
        public void call() {
            conv().close();
        }

        @Override
        public dev.lanewise.core.tensor.Tensor output() {
            dev.lanewise.core.tensor.Tensor output = dev.lanewise.core.tensor.Tensor.zeros(problem.shape().dtype(),
                    problem.shape().outputShape());
            if (output.numel() == 0) {
                return output;
            }
            try (Tensor y = conv(); Tensor contiguous = y.contiguous()) {
                if (output.dtype() == DType.FLOAT32) {
                    new FloatPointer(contiguous.data_ptr()).capacity(output.numel()).get(output.floats());
                } else {
                    new DoublePointer(contiguous.data_ptr()).capacity(output.numel()).get(output.doubles());
                }
            }
            return output;
        }

        @Override
        public void close() {
            optionalBias.close();
            if (bias != null) {
                bias.close();
            }
            weight.close();
            x.close();
            inference.close();
        }
    }
}
