package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.bench.layers.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

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
        private final Tensor bias;
        private final TensorOptional optionalBias;
        private final long[] stride;
        private final long[] padding;
        private final long[] dilation;

        Run(ConvProblem problem) {
            Layer layer = problem.layer();
            this.problem = problem;
            this.x = tensor(problem.x().floats(), problem.shape().inputShape());
            this.weight = tensor(problem.weight().floats(), layer.weightShape());
            this.bias = tensor(problem.bias().floats(), layer.outputChannels());
            this.optionalBias = new TensorOptional(bias);
            this.stride = both(layer.stride());
            this.padding = new long[] {layer.padding().rows(), layer.padding().columns()};
            this.dilation = both(layer.dilation());
        }

        private static long[] both(int value) {
            return new long[] {value, value};
        }

        /** In memory of PyTorch's own. */
        private static Tensor tensor(float[] values, int... shape) {
            try (FloatPointer data = new FloatPointer(values);
                    Tensor view = torch.from_blob(data, Arrays.stream(shape).asLongStream().toArray())) {
                return view.clone();
            }
        }

        private Tensor conv() {
            return torch.conv2d(x, weight, optionalBias, stride, padding, dilation, problem.layer().groups());
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
        public float[] output() {
            try (Tensor y = conv(); Tensor contiguous = y.contiguous()) {
                float[] values = new float[problem.outputs()];
                new FloatPointer(contiguous.data_ptr()).capacity(values.length).get(values);
                return values;
            }
        }

        @Override
        public void close() {
            optionalBias.close();
            bias.close();
            weight.close();
            x.close();
            inference.close();
        }
    }
}
