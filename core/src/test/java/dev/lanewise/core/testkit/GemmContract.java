package dev.lanewise.core.testkit;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProvider;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What every {@link GemmProvider} has to keep, as jqwik properties over random matrix products.
 *
 * <p>The first two hold the provider against the reference and against the contract written down a second time, bit by bit, the others against integer arithmetic and
 * against itself. A failure's message ends with the shrunk case; {@code -Dlanewise.case="gemm=float32 ..."} runs that one alone.
 */
@AddLifecycleHook(Settings.class)
@AddLifecycleHook(GemmReplay.class)
public abstract class GemmContract {
    private static final List<Workers> WORKERS = List.of(Workers.threads(2), Workers.threads(3));

    /** For subclasses. */
    protected GemmContract() {
    }

    /** The provider that is held to the contract. */
    protected abstract GemmProvider provider();

    /** The products to try. */
    protected Arbitrary<GemmCase> cases() {
        return GemmCases.of(dtypes());
    }

    /** The large ones among them; tried less often. */
    protected Arbitrary<GemmCase> largeCases() {
        return GemmCases.large(dtypes());
    }

    private DType[] dtypes() {
        return Stream.of(DType.FLOAT32, DType.FLOAT64).filter(provider()::supports).toArray(DType[]::new);
    }

    /** What the properties draw from; not meant to be overridden. */
    @Provide
    public Arbitrary<GemmCase> gemm() {
        return drawn(cases());
    }

    /** See {@link #largeCases()}; not meant to be overridden. */
    @Provide
    public Arbitrary<GemmCase> largeGemm() {
        return drawn(largeCases());
    }

    private static Arbitrary<GemmCase> drawn(Arbitrary<GemmCase> cases) {
        String replay = System.getProperty(Replay.PROPERTY);
        return replay != null && replay.startsWith("gemm=") ? Arbitraries.just(GemmCase.parse(replay)) : cases;
    }

    // ---- against the reference ----

    /** The bits are the reference's, for all sizes, factors, layouts and values; nothing else is written. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void agreesWithTheReference(@ForAll("gemm") GemmCase g) {
        agrees(g, Workers.sequential());
    }

    /** The same up to 300 in each size, by several threads. */
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    public void agreesWithTheReferenceOnLargeOnes(@ForAll("largeGemm") GemmCase g) {
        agrees(g, WORKERS.get(g.seed() % 2));
    }

    private void agrees(GemmCase g, Workers workers) {
        Tensor a = g.a();
        Tensor b = g.b();
        Tensor c = g.c();
        Guard aroundA = Guard.of(a);
        Guard aroundB = Guard.of(b);
        Guard aroundC = Guard.around(c);
        g.call(provider(), a, b, c).workers(workers).run();
        Equality.assertSameBits(g.expected(), c, "C");
        aroundA.assertUntouched("A");
        aroundB.assertUntouched("B");
        aroundC.assertUntouched("the array around C");
    }

    /** The bits are those of the contract written down a second time. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void agreesWithThePlainFold(@ForAll("gemm") GemmCase g) {
        Tensor plain = g.c();
        g.call(new PlainGemm(), g.a(), g.b(), plain).run();
        Equality.assertSameBits(plain, run(g, g.a(), g.b()), "C");
    }

    // ---- against arithmetic ----

    /** On small integers every sum is exact. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void isExactOnIntegers(@ForAll("gemm") GemmCase any) {
        GemmCase g = any.withValues(Values.INTEGERS, Values.INTEGERS).withFactors(any.seed() % 5 - 2,
                any.seed() % 3 - 1);
        Tensor a = batched(g.a());
        Tensor b = batched(g.b());
        Tensor before = batched(g.c());
        Tensor c = batched(run(g, g.a(), g.b()));
        for (int matrix = 0; matrix < g.batch(); matrix++) {
            for (int i = 0; i < g.m(); i++) {
                for (int j = 0; j < g.n(); j++) {
                    long sum = 0;
                    for (int p = 0; p < g.k(); p++) {
                        sum += a.getLong(matrix, i, p) * b.getLong(matrix, p, j);
                    }
                    double expected = g.alpha() * sum + g.beta() * before.getLong(matrix, i, j);
                    check(c.getDouble(matrix, i, j) == expected, "element [" + matrix + ", " + i + ", " + j + "] is "
                            + c.getDouble(matrix, i, j) + ", not " + expected);
                }
            }
        }
    }

    // ---- what is not read ----

    /** With beta = 0 it does not matter what C holds; with alpha = 0 not what A and B hold. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void whatIsNotNeededIsNotRead(@ForAll("gemm") GemmCase any) {
        GemmCase fresh = any.withFactors(any.alpha(), 0);
        Tensor c = fresh.c();
        c.copyFrom(filled(c, Double.NaN));
        fresh.call(provider(), fresh.a(), fresh.b(), c).run();
        Equality.assertSameBits(run(fresh, fresh.a(), fresh.b()), c, "with NaN in C and beta = 0");

        GemmCase scaled = any.withFactors(0, any.beta());
        Equality.assertSameBits(run(scaled, scaled.a(), scaled.b()),
                run(scaled, filled(scaled.a(), Double.NaN), filled(scaled.b(), Double.NaN)),
                "with NaN in A and B and alpha = 0");
    }

    // ---- against itself ----

    /** Threads change nothing. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void threadsChangeNothing(@ForAll("gemm") GemmCase g) {
        Tensor alone = run(g, g.a(), g.b());
        for (Workers workers : WORKERS) {
            Tensor c = g.c();
            g.call(provider(), g.a(), g.b(), c).workers(workers).run();
            Equality.assertSameBits(alone, c, workers.parallelism() + " threads against one");
        }
    }

    /** Packing changes nothing, and what is packed is a copy. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void packingChangesNothing(@ForAll("gemm") GemmCase any) {
        GemmProvider provider = provider();
        GemmCase g = any.withBatch(1);
        Tensor plain = run(g, g.a(), g.b());
        Tensor a = g.a();
        Tensor b = g.b();
        GemmCall packedA = g.call(provider, g.a(), g.b(), g.c()).a(provider.packA(a));
        GemmCall packedB = g.call(provider, g.a(), g.b(), g.c()).b(provider.packB(b));
        GemmCall both = g.call(provider, g.a(), g.b(), g.c()).a(provider.packA(a)).b(provider.packB(b));
        overwrite(a);
        overwrite(b);
        Equality.assertSameBits(plain, into(g, packedA), "packed A");
        Equality.assertSameBits(plain, into(g, packedB), "packed B");
        Equality.assertSameBits(plain, into(g, both), "packed A and B");
    }

    /** A batch gives what its products give one by one. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void productsOfABatchAreProductsOfTheirOwn(@ForAll("gemm") GemmCase g) {
        Tensor a = batched(g.a());
        Tensor b = batched(g.b());
        Tensor before = batched(g.c());
        Tensor c = batched(run(g, g.a(), g.b()));
        GemmCase one = g.withBatch(1);
        for (int matrix = 0; matrix < g.batch(); matrix++) {
            Tensor alone = before.select(0, matrix);
            one.call(provider(), a.select(0, matrix), b.select(0, matrix), alone).run();
            Equality.assertSameBits(alone, c.select(0, matrix), "product " + matrix + " alone");
        }
    }

    /** A^T and B^T in each other's place give C^T. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void theTransposeIsTheProductOfTheTransposes(@ForAll("gemm") GemmCase g) {
        Tensor c = run(g, g.a(), g.b());
        Tensor transposed = g.c().transpose(-1, -2);
        GemmCase swapped = new GemmCase(g.dtype(), g.batch(), g.n(), g.m(), g.k(), g.alpha(), g.beta(), g.inputs(),
                g.result(), g.aLayout(), g.bLayout(), g.cLayout(), g.seed());
        swapped.call(provider(), g.b().transpose(-1, -2), g.a().transpose(-1, -2), transposed).run();
        Equality.assertSameBits(c, transposed.transpose(-1, -2), "by the transposes");
    }

    /** Two threads may multiply at the same time. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void isForManyThreads(@ForAll("gemm") GemmCase g) {
        Tensor expected = run(g, g.a(), g.b());
        CompletableFuture<Tensor> their = CompletableFuture.supplyAsync(() -> run(g, g.a(), g.b()));
        Equality.assertSameBits(expected, run(g, g.a(), g.b()), "beside another");
        Equality.assertSameBits(expected, their.join(), "beside another");
    }

    /** Epilogues give what the same steps give afterwards; the residual is read at its strides. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    public void epiloguesAreStepsAfterwards(@ForAll("gemm") GemmCase any) {
        GemmCase g = any.withBatch(1);
        Tensor bias = Values.NORMALS.tensor(g.dtype(), new int[] {1, g.n()}, g.seed());
        Tensor c = g.c();
        GemmCall call = g.call(provider(), g.a(), g.b(), c).epilogues(Epilogue.addResidual(), Epilogue.clamp(-0.5, 3));
        if (g.dtype() == DType.FLOAT32) {
            call.residual(bias.floats(), 0, 0, 1).run();
        } else {
            call.residual(bias.doubles(), 0, 0, 1).run();
        }
        Tensor expected = run(g, g.a(), g.b());
        for (int i = 0; i < g.m(); i++) {
            for (int j = 0; j < g.n(); j++) {
                double sum = expected.getDouble(i, j) + bias.getDouble(0, j);
                double rounded = g.dtype() == DType.FLOAT32 ? (float) sum : sum;
                expected.set(Math.min(Math.max(rounded, -0.5), 3), i, j);
            }
        }
        Equality.assertSameBits(expected, c, "C with a bias and a clamp");
    }

    // ---- helpers ----

    private Tensor run(GemmCase g, Tensor a, Tensor b) {
        Tensor c = g.c();
        g.call(provider(), a, b, c).run();
        return c;
    }

    /** The call, into a C of its own. */
    private static Tensor into(GemmCase g, GemmCall call) {
        Tensor c = g.c();
        if (g.dtype() == DType.FLOAT32) {
            call.c(c.floats(), c.offset(), c.stride(-2), c.stride(-1));
        } else {
            call.c(c.doubles(), c.offset(), c.stride(-2), c.stride(-1));
        }
        call.run();
        return c;
    }

    private static Tensor batched(Tensor tensor) {
        return tensor.rank() == 3 ? tensor : tensor.unsqueeze(0);
    }

    private static Tensor filled(Tensor like, double value) {
        Tensor one = Tensor.zeros(like.dtype(), 1);
        one.set(value, 0);
        return one.expand(like.shape());
    }

    private static void overwrite(Tensor tensor) {
        for (int i = 0; i < tensor.storage().length(); i++) {
            tensor.storage().setDouble(i, 1e3);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
