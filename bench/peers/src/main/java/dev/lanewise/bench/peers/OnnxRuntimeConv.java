package dev.lanewise.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime on a model of one Conv node, with all optimisations, x and y in native memory that stays. */
public final class OnnxRuntimeConv implements ConvPeer {
    private static final String NAME = "onnxruntime";

    /** For {@link java.util.ServiceLoader}. */
    public OnnxRuntimeConv() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion()
                + ": a model of one Conv node, all optimisations, x and y in native memory";
    }

    @Override
    public Optional<String> lacks(Conv2dShape shape) {
        if (shape.dtype() != DType.FLOAT32) {
            return Optional.of("float64");
        }
        return shape.paddingMode() != PaddingMode.ZEROS && NativeShapes.isCropped(shape)
                ? Optional.of("cropping together with a padding mode")
                : Optional.empty();
    }

    @Override
    public ConvContestant prepare(ConvProblem problem, int threads) {
        try {
            return new Run(problem, threads);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }

    private static final class Run implements ConvContestant {
        private final ConvProblem problem;
        private final OrtSession session;
        private final OnnxTensor x;
        private final OnnxTensor y;
        private final FloatBuffer yData;
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;

        Run(ConvProblem problem, int threads) throws OrtException {
            this.problem = problem;
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                this.session = environment.createSession(OnnxConvModel.of(problem), options);
            }
            FloatBuffer xData = floats(problem.x().numel());
            xData.put(problem.x().floats()).rewind();
            this.yData = floats(problem.outputs());
            this.x = OnnxTensor.createTensor(environment, xData, NativeShapes.input(problem.shape()));
            this.y = OnnxTensor.createTensor(environment, yData, NativeShapes.output(problem.shape()));
            this.inputs = Map.of(OnnxConvModel.X, x);
            this.outputs = Map.of(OnnxConvModel.Y, y);
        }

        private static FloatBuffer floats(int length) {
            return ByteBuffer.allocateDirect(length * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String algorithm() {
            return "Conv";
        }

        @Override
        public double flops() {
            return problem.shape().flops();
        }

        @Override
        public void call() {
            try {
                session.run(inputs, outputs).close(); // y stays: it is not the result's to close
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
            }
        }

        @Override
        public Tensor output() {
            Tensor output = Tensor.zeros(DType.FLOAT32, problem.shape().outputShape());
            yData.duplicate().rewind().get(output.floats());
            return output;
        }

        @Override
        public void close() {
            try {
                x.close();
                y.close();
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
            }
        }
    }
}
