package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.ImageLayout;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A plan: checks, and the chosen algorithm with its packed weights. Until its vector code is hot, plain loops run in its place; the bits are the same. */
public final class SimdPlan implements Conv2dPlan {
    private final Conv2dShape shape;
    private final AlgorithmSelector.Choice choice;
    private final ConvEngine engine;
    private final Workers workers;
    private final RunChecks checks;
    private final Conv2dOptions options;
    /** The algorithms that plans with these weights have used, each packed once: shared by all of them. */
    private final ConcurrentMap<Algorithm, ConvAlgorithm> packed;
    private final Heat heat;
    /** What runs until the engine is hot, null from then on. */
    private volatile @Nullable ConvEngine plain;

    private SimdPlan(Conv2dShape shape, AlgorithmSelector.Choice choice, ConvEngine engine, Conv2dOptions options,
            ConcurrentMap<Algorithm, ConvAlgorithm> packed, Heat heat, @Nullable ConvEngine plain) {
        this.shape = shape;
        this.choice = choice;
        this.engine = engine;
        this.workers = options.workers();
        this.checks = new RunChecks(shape, options);
        this.options = options;
        this.packed = packed;
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
        return make(shape, weight, bias, options, new ConcurrentHashMap<>());
    }

    /**
     * Chooses an algorithm for inputs of another size, and packs the weights for it if no plan with these weights has done so before.
     *
     * @param weight [Cout, Cin/groups, R, S], as it was for this plan
     * @param bias [Cout] or null, as it was for this plan
     * @throws IllegalArgumentException if the forced algorithm is unknown or cannot compute this shape
     */
    public SimdPlan replan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        boolean shares = shape.hasWeightsOf(this.shape) && shape.paddingMode() == this.shape.paddingMode()
                && computed(options).equals(computed(this.options));
        return make(shape, weight, bias, options, shares ? packed : new ConcurrentHashMap<>());
    }

    /** What of the options changes an algorithm. */
    private static Conv2dOptions computed(Conv2dOptions options) {
        return options.withAlgorithm(null).withWorkers(Workers.sequential());
    }

    private static SimdPlan make(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options,
            ConcurrentMap<Algorithm, ConvAlgorithm> packed) {
        Conv2dShape taken = withStridesTaken(shape);
        AlgorithmSelector.Choice choice = AlgorithmSelector.select(taken, options.layout(),
                lanes(shape.dtype()), VectorEnvironment.REGISTERS, options.algorithm());
        ConvEngine engine = engine(choice.algorithm(), taken, weight, bias, options, packed);
        Heat heat = ConvKinds.heat(choice.algorithm(), taken, options.layout());
        boolean cold = choice.algorithm() != Algorithm.PLAIN && !heat.isHot();
        ConvEngine plain = cold ? engine(Algorithm.PLAIN, taken, weight, bias, options, packed) : null;
        return new SimdPlan(shape, choice, engine, options, packed, heat, plain);
    }

    private static ConvEngine engine(Algorithm algorithm, Conv2dShape shape, Tensor weight, @Nullable Tensor bias,
            Conv2dOptions options, ConcurrentMap<Algorithm, ConvAlgorithm> packed) {
        ConvAlgorithm known = packed.get(algorithm);
        if (known != null) {
            return new ConvEngine(known.forShape(shape), options.workers());
        }
        ConvAlgorithm made = algorithm(algorithm, shape, options.layout(), options.effectiveWeight(weight), bias,
                options.epilogues());
        packed.putIfAbsent(algorithm, made);
        return new ConvEngine(made, options.workers());
    }

    /** A stride or dilation beyond the image is never taken. It may be of any size, which algorithms that multiply with it do not expect. */
    private static Conv2dShape withStridesTaken(Conv2dShape shape) {
        return new Conv2dShape(shape.dtype(), shape.batched(), shape.batch(), shape.inputChannels(),
                shape.outputChannels(), shape.groups(), withStrideTaken(shape.rows()), withStrideTaken(shape.columns()),
                shape.paddingMode());
    }

    private static Conv2dAxis withStrideTaken(Conv2dAxis axis) {
        return new Conv2dAxis(axis.input(), axis.kernel(), Math.min(axis.stride(), axis.padded()),
                axis.kernel() == 1 ? 1 : axis.dilation(), axis.before(), axis.after(), axis.output());
    }

    /** An algorithm, in the shape's type, for images in a layout. */
    static ConvAlgorithm algorithm(Algorithm algorithm, Conv2dShape shape, ImageLayout layout, Tensor weight,
            @Nullable Tensor bias, List<Epilogue> epilogues) {
        boolean planes = layout == ImageLayout.NCHW;
        if (shape.dtype() == DType.FLOAT32) {
            FloatEpilogue epilogue = new FloatEpilogue(epilogues);
            return planes
                    ? single(algorithm, shape, weight, bias, epilogue)
                    : FloatNhwc.algorithm(algorithm, shape, weight, bias, epilogue);
        }
        DoubleEpilogue epilogue = new DoubleEpilogue(epilogues);
        return planes
                ? doubled(algorithm, shape, weight, bias, epilogue)
                : DoubleNhwc.algorithm(algorithm, shape, weight, bias, epilogue);
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
        return choice.algorithm() + ": " + choice.reason() + "; " + shape.dtype().label() + ", " + options.layout()
                + ", up to " + workers.parallelism() + " threads, "
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
            packed.remove(Algorithm.PLAIN);
            engine.run(x, residual, y);
        } else {
            long start = System.nanoTime();
            cold.run(x, residual, y);
            heat.ranPlain(System.nanoTime() - start);
        }
        y.markModified();
    }
}
