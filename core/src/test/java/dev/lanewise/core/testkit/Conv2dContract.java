package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link Conv2dProvider} has to keep, as jqwik properties over random convolutions.
 *
 * <p>The first property holds the provider against the reference, bit by bit. The others do not know the reference: they hold the
 * provider against itself (slices, shifts, threads, repeated runs) and against integer arithmetic, so that a mistake that both
 * share shows too.
 */
public abstract class Conv2dContract extends Conv2dProperties {
    private static final List<Workers> WORKERS = List.of(Workers.threads(2), Workers.threads(3));

    /** How many threads run a plan beside the one that asserts. */
    private static final int OTHERS = 3;
    /** The largest stride with which an image is made two strides large. */
    private static final int MOST_SHIFT = 8;
    /** The places in which a tensor may begin: more than a vector has lanes, and than a cache line has elements. */
    private static final int OFFSETS = 40;

    /** For subclasses. */
    protected Conv2dContract() {
    }

    // ---- against the reference ----

    /** The bits are the reference's, for every shape, argument, layout and value; nothing else is written. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void agreesWithTheReference(@ForAll("conv2d") Conv2dCase c) {
        Tensor x = c.x();
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor y = c.y();
        Guard aroundX = Guard.of(x);
        Guard aroundWeight = Guard.of(weight);
        Guard aroundBias = bias == null ? aroundWeight : Guard.of(bias);
        Guard aroundY = Guard.around(y);

        Conv2dPlan plan = provider().plan(c.shape(), weight, bias, options());
        plan.run(x, y);

        Equality.assertSameBits(c.expected(), y, () -> about(plan));
        aroundX.assertUntouched("x");
        aroundWeight.assertUntouched("the weight");
        aroundBias.assertUntouched("the bias");
        aroundY.assertUntouched("the array around y, of " + about(plan) + ",");
    }

    /** The same where many taps, channels and pixels come together, by several threads. */
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    public void agreesWithTheReferenceOnLargeOnes(@ForAll("largeConv2d") Conv2dCase c) {
        Conv2dPlan plan = provider().plan(c.shape(), c.weight(), c.bias(), options().withWorkers(WORKERS.get(0)));
        Tensor y = c.y();
        Guard aroundY = Guard.around(y);
        plan.run(c.x(), y);
        Equality.assertSameBits(c.expected(), y, () -> about(plan));
        aroundY.assertUntouched("the array around y, of " + about(plan) + ",");
    }

    // ---- against arithmetic ----

    /** conv(a x1 + x2, w) = a conv(x1, w) + conv(x2, w), and the same in w; exact on small integers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void isLinear(@ForAll("conv2d") Conv2dCase any) {
        Conv2dCase c = any.withValues(Values.INTEGERS, Values.INTEGERS).withBias(false);
        int a = c.seed() % 7 - 3;
        Tensor x1 = c.x();
        Tensor x2 = c.x(1);
        Tensor w1 = c.weight();
        Tensor w2 = c.weight(1);

        Equality.assertSameBits(sum(a, run(c, x1, w1, null), run(c, x2, w1, null)), run(c, sum(a, x1, x2), w1, null),
                "linear in x");
        Equality.assertSameBits(sum(a, run(c, x1, w1, null), run(c, x1, w2, null)), run(c, x1, sum(a, w1, w2), null),
                "linear in w");
    }

    /** With one tap and nothing else it is the matrix product {@code y[o, i] = bias[o] + sum of weight[o, c] * x[c, i]}; exact on small integers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void pointwiseIsTheMatrixProduct(@ForAll("conv2d") Conv2dCase any) {
        Conv2dCase c = pointwise(any.withValues(Values.INTEGERS, Values.INTEGERS));
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor x = batched(c.x());
        Tensor y = batched(run(c, c.x(), weight, bias));
        for (int n = 0; n < y.size(0); n++) {
            for (int o = 0; o < y.size(1); o++) {
                for (int i = 0; i < y.size(2) * y.size(3); i++) {
                    int row = i / y.size(3);
                    int column = i % y.size(3);
                    double sum = bias == null ? 0 : bias.getDouble(o);
                    for (int k = 0; k < x.size(1); k++) {
                        sum += weight.getDouble(o, k, 0, 0) * x.getDouble(n, k, row, column);
                    }
                    double computed = y.getDouble(n, o, row, column);
                    check(sum == computed, "element [" + n + ", " + o + ", " + row + ", " + column + "] is " + computed
                            + ", the matrix product's is " + sum);
                }
            }
        }
    }

    // ---- against itself ----

    /** Groups are independent: together they give what each gives of its channels alone. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void groupsAreConvolutionsOfTheirOwn(@ForAll("conv2d") Conv2dCase c) {
        Tensor x = c.x();
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor y = run(c, x, weight, bias);
        Conv2dShape shape = c.shape();
        int in = shape.groupInputChannels();
        int out = shape.groupOutputChannels();
        for (int g = 0; g < shape.groups(); g++) {
            int group = g;
            Tensor groupBias = bias == null ? null : channels(bias, 0, g, out);
            Tensor alone = run(c.withSpec(c.spec().withGroups(1)), channels(x, -3, g, in), channels(weight, 0, g, out),
                    groupBias);
            Equality.assertSameBits(alone, channels(y, -3, g, out),
                    () -> "group " + group + " alone against it among the others");
        }
    }

    /** Images are independent: a batch gives what its images give one by one. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void imagesAreConvolutionsOfTheirOwn(@ForAll("conv2d") Conv2dCase c) {
        Tensor x = batched(c.x());
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor y = batched(run(c, c.x(), weight, bias));
        for (int n = 0; n < x.size(0); n++) {
            int image = n;
            Equality.assertSameBits(run(c, x.select(0, n), weight, bias), y.select(0, n),
                    () -> "image " + image + " alone against it in its batch");
        }
    }

    /** An image without its first rows and columns gives the result without its first row and column. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void shiftsWithItsInput(@ForAll("conv2d") Conv2dCase any) {
        Conv2dCase c = withoutPadding(withStrideOfAtMost(MOST_SHIFT, any));
        int down = c.spec().stride().get(0);
        int right = c.spec().stride().get(1);
        Tensor x = c.x();
        Tensor shifted = run(c, behind(x, down, right), c.weight(), c.bias());
        Equality.assertSameBits(behind(run(c, x, c.weight(), c.bias()), 1, 1), shifted,
                "shifted by one output pixel");
    }

    /** Threads change nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void threadsChangeNothing(@ForAll("conv2d") Conv2dCase c) {
        Tensor x = c.x();
        Tensor alone = run(plan(c, Workers.sequential()), x);
        for (Workers workers : WORKERS) {
            Conv2dPlan plan = plan(c, workers);
            Equality.assertSameBits(alone, run(plan, x),
                    () -> workers.parallelism() + " threads against one: " + about(plan));
        }
    }

    /** A plan keeps nothing of a run. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aRunLeavesNothingBehind(@ForAll("conv2d") Conv2dCase c) {
        Conv2dPlan plan = plan(c, Workers.sequential());
        Tensor x = c.x();
        Tensor first = run(plan, x);
        Tensor second = run(plan, c.x(1));
        Equality.assertSameBits(run(plan(c, Workers.sequential()), c.x(1)), second,
                () -> "the second run against another plan's first: " + about(plan));
        Equality.assertSameBits(first, run(plan, x), () -> "the third run against the first: " + about(plan));
    }

    /** Executors that refuse, fail, never begin, run in the caller or interrupt it change nothing, and an interrupt is kept for the caller. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void executorsChangeNothing(@ForAll("conv2d") Conv2dCase c) {
        Tensor x = c.x();
        Tensor expected = run(plan(c, Workers.sequential()), x);
        Thread caller = Thread.currentThread();
        AtomicBoolean asked = new AtomicBoolean();
        Map<String, Executor> executors = Map.of("rejects", task -> {
            throw new RejectedExecutionException("full");
        }, "has no threads", task -> {
            throw new OutOfMemoryError("unable to create native thread");
        }, "never begins", task -> {
        }, "runs in the caller", Runnable::run, "interrupts", task -> {
            asked.set(true);
            Thread.ofPlatform().daemon().start(task);
            caller.interrupt();
        });
        executors.forEach((what, executor) -> {
            asked.set(false);
            Conv2dPlan plan = plan(c, Workers.on(executor, 3));
            Tensor y = run(plan, x);
            boolean interrupted = Thread.interrupted();
            Equality.assertSameBits(expected, y, () -> "an executor that " + what + ": " + about(plan));
            check(interrupted == asked.get(), "the interrupt was swallowed by " + about(plan));
        });
    }

    /** Many threads may run one plan at the same time, and share its workers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aPlanIsForManyThreads(@ForAll("conv2d") Conv2dCase c) throws InterruptedException {
        Conv2dPlan plan = plan(c, c.seed() % 2 == 0 ? Workers.sequential() : WORKERS.get(0));
        List<Tensor> x = IntStream.rangeClosed(0, OTHERS).mapToObj(c::x).toList();
        List<Tensor> expected = x.stream().map(each -> run(plan, each)).toList();
        List<FutureTask<Tensor>> others = new ArrayList<>();
        for (Tensor theirs : x.subList(1, x.size())) {
            others.add(new FutureTask<>(() -> run(plan, theirs)));
            Thread.ofPlatform().daemon().start(others.getLast()); // the common pool may have only one thread, and jqwik shrinks in it
        }
        Tensor mine = run(plan, x.getFirst());
        for (int i = 0; i < others.size(); i++) {
            try {
                Equality.assertSameBits(expected.get(1 + i), others.get(i).get(),
                        () -> "runs at the same time: " + about(plan));
            } catch (ExecutionException e) {
                throw new AssertionError("a run failed beside others: " + about(plan), e.getCause());
            }
        }
        Equality.assertSameBits(expected.getFirst(), mine, () -> "runs at the same time: " + about(plan));
    }

    /** Where in their arrays the tensors begin changes nothing: no offset is better aligned than another. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void offsetsChangeNothing(@ForAll("conv2d") Conv2dCase c) {
        Tensor bias = c.bias();
        Tensor expected = run(plan(c, Workers.sequential()), c.x());
        SplittableRandom random = new SplittableRandom(c.seed());
        Conv2dPlan plan = plan(c, at(c.weight(), random), bias == null ? null : at(bias, random), options());
        Tensor y = at(c.y(), random);
        Guard aroundY = Guard.around(y);
        plan.run(at(c.x(), random), y);
        Equality.assertSameBits(expected, y, () -> "y at offset " + y.offset() + ": " + about(plan));
        aroundY.assertUntouched("the array around y, of " + about(plan) + ",");
    }

    /** x and y in one array: refused with nothing written where they overlap, and right where they do not. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void overlapIsRefusedOrRight(@ForAll("conv2d") Conv2dCase c) {
        Conv2dPlan plan = plan(c, Workers.sequential());
        Tensor values = c.x();
        int[] out = c.shape().outputShape();
        int outputs = Shapes.numel(out);
        Tensor array = Tensor.zeros(c.dtype(), outputs + values.numel() + outputs);
        Tensor x = array.narrow(0, outputs, values.numel()).view(values.shape());
        x.copyFrom(values);
        int start = new SplittableRandom(c.seed()).nextInt(array.numel() - outputs + 1);
        Tensor y = array.narrow(0, start, outputs).view(out);
        boolean apart = start + outputs <= outputs || start >= outputs + values.numel() || outputs == 0
                || values.numel() == 0;
        if (apart) {
            Tensor expected = run(plan, values);
            plan.run(x, y);
            Equality.assertSameBits(expected, y, () -> "x and y in one array: " + about(plan));
        } else {
            assertRefused(plan, x, y, "y that overlaps x");
        }
    }

    /** A plan copies weight and bias: what is written to them afterwards changes nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aPlanOwnsItsWeights(@ForAll("conv2d") Conv2dCase c) {
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Tensor x = c.x();
        Conv2dPlan plan = plan(c, weight, bias, options());
        Tensor before = run(plan, x);
        overwrite(weight);
        if (bias != null) {
            overwrite(bias);
        }
        Equality.assertSameBits(before, run(plan, x),
                () -> "after weight and bias were overwritten: " + about(plan));
    }

    /** On request subnormal weights count as zeros of their signs: in every bit, and nothing but the weights. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void flushesSubnormalWeightsOnRequest(@ForAll("conv2d") Conv2dCase any) {
        Conv2dCase c = any.withValues(any.xValues(), Values.TINY);
        Conv2dOptions flushing = options().withFlushedSubnormalWeights(true);
        Tensor weight = c.weight();
        Guard aroundWeight = Guard.of(weight);
        Tensor flushed = run(plan(c, weight, c.bias(), flushing), c.x());
        aroundWeight.assertUntouched("the weight");
        Equality.assertSameBits(run(plan(c, Values.withoutSubnormals(weight), c.bias(), options()), c.x()), flushed,
                "flushed by the plan against flushed before");
    }

    /** A plan for another size with the weights of one gives the bits of a plan made for that size, and leaves the first one as it is. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void plansForOtherSizesShareWeights(@ForAll("conv2d") Conv2dCase c) {
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        Conv2dPlan first = plan(c, weight, bias, options());
        Tensor x = c.x();
        Tensor before = run(first, x);
        Conv2dPlan previous = first;
        for (int more : new int[] {1, 17, 0}) {
            Conv2dCase other = c.withShapes(larger(c.xShape(), more), c.weightShape());
            Conv2dPlan shared = provider().replan(previous, other.shape(), weight, bias, options());
            Equality.assertSameBits(run(plan(other, weight, bias, options()), other.x()), run(shared, other.x()),
                    () -> "a plan for " + other.xShape() + " with the weights of another: " + about(shared));
            previous = shared;
        }
        Equality.assertSameBits(before, run(first, x), () -> "the plan whose weights are shared: " + about(first));
    }

    /** A run with tensors that do not fit throws {@link IllegalArgumentException} and writes nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void badArgumentsLeaveEverythingAsItIs(@ForAll("conv2d") Conv2dCase c) {
        Conv2dPlan plan = plan(c, Workers.sequential());
        DType dtype = c.dtype();
        DType other = dtype == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
        int[] in = c.shape().inputShape();
        int[] out = c.shape().outputShape();
        assertRefused(plan, Tensor.zeros(dtype, oneMoreColumn(in)), c.y(), "x with one column more");
        assertRefused(plan, c.x(), Tensor.zeros(dtype, oneMoreColumn(out)), "y with one column more");
        assertRefused(plan, Tensor.zeros(other, in), c.y(), "x of another type");
        assertRefused(plan, c.x(), Tensor.zeros(other, out), "y of another type");
        assertRefused(plan, c.x().unsqueeze(0), c.y(), "x with one axis more");
        assertRefused(plan, c.x(), c.y().unsqueeze(0), "y with one axis more");
        Tensor x = c.x();
        Tensor y = c.y();
        if (x.numel() > 0 && y.numel() > 0) {
            Tensor shared = Tensor.zeros(dtype, Math.max(x.numel(), y.numel()));
            assertRefused(plan, shared.slice(0, 0, x.numel(), 1).view(in),
                    shared.slice(0, 0, y.numel(), 1).view(out), "y in x's place");
        }
        if (y.numel() > 1) {
            int[] ones = new int[out.length];
            Arrays.fill(ones, 1);
            assertRefused(plan, x, Tensor.zeros(dtype, ones).expand(out), "y whose elements share a place");
        }
    }

    /** A plan says what it is: the sizes, an algorithm of the provider's list, the one that was asked for. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aPlanSaysWhatItIs(@ForAll("conv2d") Conv2dCase c) {
        Conv2dPlan plan = provider().plan(c.shape(), c.weight(), c.bias(), options());
        String forced = options().algorithm();
        check(plan.shape().equals(c.shape()), "the plan is for " + plan.shape());
        check(provider().algorithms().contains(plan.algorithm()),
                plan.algorithm() + " is none of " + provider().algorithms());
        check(forced == null || forced.equals(plan.algorithm()), plan.algorithm() + " came for " + forced);
        check(!plan.describe().isBlank(), "the plan does not describe itself");
        check(plan.scratchBytes() >= 0, plan.scratchBytes() + " bytes of scratch");
    }

    /** An algorithm that is not on the provider's list is refused, whatever there is to compute. */
    @Example
    public void unknownAlgorithmsAreRefused() {
        Conv2dCase c = Conv2dCase.parse("dtype=" + dtypes()[0].label()
                + " x=1,2,2 weight=1,1,1,1 bias=false stride=1,1 padding=0,0 mode=zeros dilation=1,1 groups=1 values=normals,normals"
                + " layout=contiguous,contiguous,contiguous seed=0");
        try {
            provider().plan(c.shape(), c.weight(), null, options().withAlgorithm("no such algorithm"));
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("the algorithm 'no such algorithm' was accepted");
    }

    // ---- plans and runs ----

    private Conv2dPlan plan(Conv2dCase c, Workers workers) {
        return plan(c, c.weight(), c.bias(), options().withWorkers(workers));
    }

    private Conv2dPlan plan(Conv2dCase c, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        return plan(c.shape(), weight, bias, options);
    }

    private Conv2dPlan plan(Conv2dShape shape, Tensor weight, @Nullable Tensor bias, Conv2dOptions options) {
        if (options.algorithm() == null) {
            return provider().plan(shape, weight, bias, options);
        }
        try {
            return provider().plan(shape, weight, bias, options);
        } catch (IllegalArgumentException e) { // refused: the case is not the one that was drawn
            return provider().plan(shape, weight, bias, options.withAlgorithm(null));
        }
    }

    /** The convolution of other tensors than the case's own, which may have other sizes, with the case's spec. */
    private Tensor run(Conv2dCase c, Tensor x, Tensor weight, @Nullable Tensor bias) {
        return run(plan(Conv2dShape.of(x, weight, bias, c.spec()), weight, bias, options()), x);
    }

    private static Tensor run(Conv2dPlan plan, Tensor x) {
        Tensor y = Tensor.zeros(plan.shape().dtype(), plan.shape().outputShape());
        plan.run(x, y);
        return y;
    }

    private void assertRefused(Conv2dPlan plan, Tensor x, Tensor y, String what) {
        Guard aroundX = Guard.of(x);
        Guard aroundY = Guard.of(y);
        try {
            plan.run(x, y);
        } catch (IllegalArgumentException expected) {
            aroundX.assertUntouched("x, in a run that refused " + what + ",");
            aroundY.assertUntouched("y, in a run that refused " + what + ",");
            return;
        }
        throw new AssertionError(what + " was accepted: " + about(plan));
    }

    // ---- cases made of cases ----

    private static Conv2dCase pointwise(Conv2dCase c) {
        Conv2dSpec spec = c.spec().withStride(1).withPadding(Padding.NONE).withPaddingMode(PaddingMode.ZEROS)
                .withGroups(1);
        List<Integer> x = new ArrayList<>(c.xShape());
        int in = c.weightShape().get(1);
        x.set(x.size() - 3, in);
        return c.withSpec(spec).withShapes(x, List.of(c.weightShape().get(0) / c.spec().groups(), in, 1, 1));
    }

    private static Conv2dCase withStrideOfAtMost(int most, Conv2dCase c) {
        List<Integer> stride = c.spec().stride();
        return c.withSpec(c.spec().withStride(Math.min(stride.get(0), most), Math.min(stride.get(1), most)));
    }

    /** No padding, and an image that has at least two output rows and columns. */
    private static Conv2dCase withoutPadding(Conv2dCase c) {
        List<Integer> x = new ArrayList<>(c.xShape());
        for (int axis = 0; axis < 2; axis++) {
            int span = c.spec().dilation().get(axis) * (c.weightShape().get(2 + axis) - 1) + 1;
            int at = x.size() - 2 + axis;
            x.set(at, Math.max(x.get(at), span + c.spec().stride().get(axis)));
        }
        return c.withSpec(c.spec().withPadding(Padding.NONE).withPaddingMode(PaddingMode.ZEROS)).withShapes(x,
                c.weightShape());
    }

    /** As many rows and columns more. */
    private static List<Integer> larger(List<Integer> xShape, int more) {
        List<Integer> x = new ArrayList<>(xShape);
        for (int axis = x.size() - 2; axis < x.size(); axis++) {
            x.set(axis, x.get(axis) + more);
        }
        return x;
    }

    private static int[] oneMoreColumn(int... shape) {
        int[] more = shape.clone();
        more[more.length - 1]++;
        return more;
    }

    // ---- tensors ----

    private static Tensor batched(Tensor tensor) {
        return tensor.rank() == 3 ? tensor.unsqueeze(0) : tensor;
    }

    private static Tensor channels(Tensor tensor, int axis, int group, int count) {
        return tensor.slice(axis, group * count, (group + 1) * count, 1);
    }

    private static Tensor behind(Tensor image, int rows, int columns) {
        return image.slice(-2, rows, image.size(-2), 1).slice(-1, columns, image.size(-1), 1);
    }

    /** A contiguous copy that begins somewhere in a larger array. */
    private static Tensor at(Tensor tensor, SplittableRandom random) {
        int offset = random.nextInt(OFFSETS);
        Tensor array = Tensor.zeros(tensor.dtype(), offset + tensor.numel() + random.nextInt(OFFSETS));
        Tensor moved = array.narrow(0, offset, tensor.numel()).view(tensor.shape());
        moved.copyFrom(tensor);
        return moved;
    }

    /** a * first + second. */
    private static Tensor sum(int a, Tensor first, Tensor second) {
        Tensor sum = first.copy();
        Storage other = second.copy().storage();
        for (int i = 0; i < sum.numel(); i++) {
            sum.storage().setDouble(i, a * sum.storage().getDouble(i) + other.getDouble(i));
        }
        return sum;
    }

    private static void overwrite(Tensor tensor) {
        for (int i = 0; i < tensor.storage().length(); i++) {
            tensor.storage().setDouble(i, 4711);
        }
        tensor.markModified();
    }

    // ---- messages ----

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    private static String about(Conv2dPlan plan) {
        return plan.describe() + ", y " + Arrays.toString(plan.shape().outputShape()) + ", " + plan.shape().taps()
                + " taps";
    }
}
