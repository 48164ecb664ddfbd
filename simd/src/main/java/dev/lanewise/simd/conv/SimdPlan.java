package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.RunChecks;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.DoubleEpilogue;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import org.jspecify.annotations.Nullable;

/** A plan: checks, the chosen algorithm with its packed weights, and a pool of runs. */
public final class SimdPlan implements Conv2dPlan {
    private final Conv2dShape shape;
    private final AlgorithmSelector.Choice choice;
    private final ConvAlgorithm algorithm;
    private final Workers workers;
    private final RunChecks checks;
    private final RunPool pool = new RunPool();

    private SimdPlan(Conv2dShape shape, AlgorithmSelector.Choice choice, ConvAlgorithm algorithm, Workers workers,
            RunChecks checks) {
        this.shape = shape;
        this.choice = choice;
        this.algorithm = algorithm;
        this.workers = workers;
        this.checks = checks;
    }

    /**
     * Chooses an algorithm and packs the weights.
     *
     * @param weight [Cout, Cin/groups, R, S], copied
     * @param bias [Cout] or null, copied
     * @throws IllegalArgumentException if the forced algorithm is unknown or cannot compute this shape
     */
    public static SimdPlan make(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        AlgorithmSelector.Choice choice = AlgorithmSelector.select(shape, lanes(shape.dtype()), options.algorithm());
        RunChecks checks = new RunChecks(shape, options);
        Tensor effective = options.effectiveWeight(weight);
        ConvAlgorithm algorithm = shape.dtype() == DType.FLOAT32
                ? single(choice.algorithm(), shape, effective, bias, new FloatEpilogue(options.epilogues()))
                : doubled(choice.algorithm(), shape, effective, bias, new DoubleEpilogue(options.epilogues()));
        return new SimdPlan(shape, choice, algorithm, options.workers(), checks);
    }

    private static ConvAlgorithm single(Algorithm algorithm, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            FloatEpilogue epilogue) {
        return switch (algorithm) {
            case IM2COL_GEMM -> new FloatIm2colGemm(shape, weight, bias, epilogue);
            case POINTWISE -> new FloatPointwise(shape, weight, bias, epilogue);
            case DEPTHWISE -> new FloatDepthwise(shape, weight, bias, epilogue);
            case DIRECT -> new FloatDirect(shape, weight, bias, epilogue);
            case DIRECT_CHANNELS -> new FloatDirectChannels(shape, weight, bias, epilogue);
        };
    }

    private static ConvAlgorithm doubled(Algorithm algorithm, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            DoubleEpilogue epilogue) {
        return switch (algorithm) {
            case IM2COL_GEMM -> new DoubleIm2colGemm(shape, weight, bias, epilogue);
            case POINTWISE -> new DoublePointwise(shape, weight, bias, epilogue);
            case DEPTHWISE -> new DoubleDepthwise(shape, weight, bias, epilogue);
            case DIRECT -> new DoubleDirect(shape, weight, bias, epilogue);
            case DIRECT_CHANNELS -> new DoubleDirectChannels(shape, weight, bias, epilogue);
        };
    }

    private static int lanes(DType dtype) {
        return dtype == DType.FLOAT32
                ? VectorEnvironment.FLOAT_SPECIES.length()
                : VectorEnvironment.DOUBLE_SPECIES.length();
    }

    @Override
    public Conv2dShape shape() {
        return shape;
    }

    @Override
    public String algorithm() {
        return choice.algorithm().name();
    }

    @Override
    public String describe() {
        return choice.algorithm() + ": " + choice.reason() + "; " + shape.dtype().label() + ", NCHW, up to "
                + workers.parallelism() + " threads, "
                + scratchBytes() + " bytes of scratch";
    }

    @Override
    public long scratchBytes() {
        return algorithm.scratchBytesPerThread() * workers.parallelism();
    }

    @Override
    public void run(Tensor x, Tensor y) {
        compute(x, null, y);
    }

    @Override
    public void run(Tensor x, Tensor residual, Tensor y) {
        compute(x, residual, y);
    }

    private void compute(Tensor x, @Nullable Tensor residual, Tensor y) {
        checks.check(x, residual, y);
        if (y.numel() == 0) {
            return;
        }
        ConvRun run = pool.take();
        if (run == null) {
            run = algorithm.newRun(workers.parallelism());
        }
        run.bind(x, residual, y);
        workers.run(run.tasks(), run);
        run.release();
        pool.give(run); // not after a failure: a task may have left its scratch half written
        y.markModified();
    }
}
