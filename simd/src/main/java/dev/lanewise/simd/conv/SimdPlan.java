package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.RunChecks;
import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.environment.VectorEnvironment;
import dev.lanewise.simd.epilogue.DoubleEpilogue;
import dev.lanewise.simd.epilogue.FloatEpilogue;
import dev.lanewise.simd.warmup.Heat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan: checks, and the chosen algorithm with its packed weights. Until its vector code is hot, plain loops run in its place; the bits are the same. */
public final class SimdPlan implements Conv2dPlan {
    private final Conv2dShape shape;
    private final AlgorithmSelector.Choice choice;
    private final ConvEngine engine;
    private final Workers workers;
    private final RunChecks checks;
    private final Heat heat;
    /** What runs until the engine is hot, null from then on. */
    private volatile @Nullable ConvEngine plain;

    private SimdPlan(Conv2dShape shape, AlgorithmSelector.Choice choice, ConvEngine engine, Workers workers,
            RunChecks checks, Heat heat, @Nullable ConvEngine plain) {
        this.shape = shape;
        this.choice = choice;
        this.engine = engine;
        this.workers = workers;
        this.checks = checks;
        this.heat = heat;
        this.plain = plain;
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
        Workers workers = options.workers();
        Tensor effective = options.effectiveWeight(weight);
        ConvEngine engine = new ConvEngine(
                algorithm(choice.algorithm(), shape, effective, bias, options.epilogues()), workers);
        Heat heat = ConvKinds.heat(choice.algorithm(), shape);
        boolean cold = choice.algorithm() != Algorithm.PLAIN && !heat.isHot();
        ConvEngine plain = cold
                ? new ConvEngine(algorithm(Algorithm.PLAIN, shape, effective, bias, options.epilogues()), workers)
                : null;
        return new SimdPlan(shape, choice, engine, workers, checks, heat, plain);
    }

    /** An algorithm, in the shape's type. */
    static ConvAlgorithm algorithm(Algorithm algorithm, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            List<Epilogue> epilogues) {
        return shape.dtype() == DType.FLOAT32
                ? single(algorithm, shape, weight, bias, new FloatEpilogue(epilogues))
                : doubled(algorithm, shape, weight, bias, new DoubleEpilogue(epilogues));
    }

    private static ConvAlgorithm single(Algorithm algorithm, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            FloatEpilogue epilogue) {
        return switch (algorithm) {
            case IM2COL_GEMM -> new FloatIm2colGemm(shape, weight, bias, epilogue);
            case POINTWISE -> new FloatPointwise(shape, weight, bias, epilogue);
            case DEPTHWISE -> new FloatDepthwise(shape, weight, bias, epilogue);
            case DIRECT -> new FloatDirect(shape, weight, bias, epilogue);
            case DIRECT_CHANNELS -> new FloatDirectChannels(shape, weight, bias, epilogue);
            case PLAIN -> new FloatPlain(shape, weight, bias, epilogue);
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
            case PLAIN -> new DoublePlain(shape, weight, bias, epilogue);
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
        ConvEngine cold = plain;
        return cold == null ? engine.scratchBytes() : Math.max(engine.scratchBytes(), cold.scratchBytes());
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
        ConvEngine cold = plain;
        if (cold == null) {
            engine.run(x, residual, y);
        } else if (heat.isHot()) {
            plain = null;
            engine.run(x, residual, y);
        } else {
            long start = System.nanoTime();
            cold.run(x, residual, y);
            heat.ranPlain(System.nanoTime() - start);
        }
        y.markModified();
    }
}
