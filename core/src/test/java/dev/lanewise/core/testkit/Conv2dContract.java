package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dProvider;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What every {@link Conv2dProvider} has to keep, as jqwik properties over random convolutions.
 *
 * <p>The first property holds the provider against the reference, bit by bit. The others do not know the reference: they hold the
 * provider against itself (slices, shifts, threads, repeated runs) and against integer arithmetic, so that a mistake that both
 * share shows too.
 */
public abstract class Conv2dContract extends Conv2dProperties {
    /** For subclasses. */
    protected Conv2dContract() {
    }

    // ---- against the reference ----

    /** The bits are the reference's, for every shape, argument, layout and value; nothing else is written. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void agreesWithTheReference(@ForAll("conv2d") Conv2dCase c) {
        new SameBits(plans()).asTheReference(c);
    }

    /** The same where many taps, channels and pixels come together, by several threads. */
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    public void agreesWithTheReferenceOnLargeOnes(@ForAll("largeConv2d") Conv2dCase c) {
        new SameBits(plans()).asTheReferenceByThreads(c);
    }

    // ---- against arithmetic ----

    /** conv(a x1 + x2, w) = a conv(x1, w) + conv(x2, w), and the same in w; exact on small integers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void isLinear(@ForAll("conv2d") Conv2dCase c) {
        new Algebra(plans()).isLinear(c);
    }

    /** With one tap and nothing else it is the matrix product {@code y[o, i] = bias[o] + sum of weight[o, c] * x[c, i]}; exact on small integers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void pointwiseIsTheMatrixProduct(@ForAll("conv2d") Conv2dCase c) {
        new Algebra(plans()).isTheMatrixProduct(c);
    }

    // ---- against its own parts ----

    /** Groups are independent: together they give what each gives of its channels alone. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void groupsAreConvolutionsOfTheirOwn(@ForAll("conv2d") Conv2dCase c) {
        new Parts(plans()).groups(c);
    }

    /** Images are independent: a batch gives what its images give one by one. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void imagesAreConvolutionsOfTheirOwn(@ForAll("conv2d") Conv2dCase c) {
        new Parts(plans()).images(c);
    }

    /** An image without its first rows and columns gives the result without its first row and column. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void shiftsWithItsInput(@ForAll("conv2d") Conv2dCase c) {
        new Parts(plans()).shifted(c);
    }

    // ---- threads ----

    /** Threads change nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void threadsChangeNothing(@ForAll("conv2d") Conv2dCase c) {
        new Concurrency(plans()).threads(c);
    }

    /** Executors that refuse, fail, never begin, run in the caller or interrupt it change nothing, and an interrupt is kept for the caller. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void executorsChangeNothing(@ForAll("conv2d") Conv2dCase c) {
        new Concurrency(plans()).executors(c);
    }

    /** Many threads may run one plan at the same time, and share its workers. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aPlanIsForManyThreads(@ForAll("conv2d") Conv2dCase c) throws InterruptedException {
        new Concurrency(plans()).callers(c);
    }

    // ---- memory ----

    /** Where in their arrays the tensors begin changes nothing: no offset is better aligned than another. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void offsetsChangeNothing(@ForAll("conv2d") Conv2dCase c) {
        new Memory(plans()).offsets(c);
    }

    /** x and y in one array: refused with nothing written where they overlap, and right where they do not. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void overlapIsRefusedOrRight(@ForAll("conv2d") Conv2dCase c) {
        new Memory(plans()).overlap(c);
    }

    /** A run with tensors that do not fit throws {@link IllegalArgumentException} and writes nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void badArgumentsLeaveEverythingAsItIs(@ForAll("conv2d") Conv2dCase c) {
        new Memory(plans()).badArguments(c);
    }

    // ---- plans ----

    /** A plan keeps nothing of a run. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aRunLeavesNothingBehind(@ForAll("conv2d") Conv2dCase c) {
        new PlanState(plans()).keepsNothing(c);
    }

    /** A plan copies weight and bias: what is written to them afterwards changes nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aPlanOwnsItsWeights(@ForAll("conv2d") Conv2dCase c) {
        new PlanState(plans()).ownsItsWeights(c);
    }

    /** On request subnormal weights count as zeros of their signs: in every bit, and nothing but the weights. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void flushesSubnormalWeightsOnRequest(@ForAll("conv2d") Conv2dCase c) {
        new PlanState(plans()).flushesSubnormals(c);
    }

    /** A plan for another size with the weights of one gives the bits of a plan made for that size, and leaves the first one as it is. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void plansForOtherSizesShareWeights(@ForAll("conv2d") Conv2dCase c) {
        new PlanState(plans()).sharesWeights(c);
    }

    /** A plan says what it is: the sizes, an algorithm of the provider's list, the one that was asked for. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void aPlanSaysWhatItIs(@ForAll("conv2d") Conv2dCase c) {
        new PlanState(plans()).describesItself(c);
    }

    /** An algorithm that is not on the provider's list is refused, whatever there is to compute. */
    @Example
    public void unknownAlgorithmsAreRefused() {
        new PlanState(plans()).refusesUnknownAlgorithms(dtypes()[0]);
    }

    private Plans plans() {
        return new Plans(provider(), options());
    }
}
