package dev.lanewise.bench.verify;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Equality;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run plans at the same time, for as long as one likes, and compare each result with the reference's, bit by bit.
 *
 * <p>In each round they share one plan for a random convolution, which has been made by one of the provider's algorithms and one of several
 * kinds of workers: none, a pool that all rounds share, executors that refuse, that fail now and then, and that interrupt. As soon as the plan
 * is made, its weight and bias are overwritten.
 */
public final class Stress {
    /** Runs of each thread in a round. */
    private static final int RUNS = 8;
    /** jqwik's size hint for a generator, which only collections heed. */
    private static final int GENERATOR_SIZE = 1000;
    private static final double RUBBISH = 4711;

    private final Conv2dProvider provider;
    private final int threads;
    private final Random random;
    private final DType[] dtypes;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicReference<@Nullable Counterexample> failure = new AtomicReference<>();
    private final AtomicInteger asked = new AtomicInteger();
    private long rounds;

    /**
     * Makes ready.
     *
     * @param dtypes the types to try
     * @param threads how many run a plan at the same time
     * @param seed what convolutions are drawn from; how threads meet it does not decide
     */
    public Stress(Conv2dProvider provider, List<DType> dtypes, int threads, long seed) {
        this.provider = provider;
        this.threads = threads;
        this.random = new Random(seed);
        this.dtypes = dtypes.toArray(DType[]::new);
    }

    /**
     * Runs rounds until the time is over or a result is wrong.
     *
     * @param nanos for how long; at least one round is run
     * @param progress hears of the nanoseconds that are over, from time to time
     * @return a wrong result
     */
    public @Nullable Counterexample run(long nanos, LongConsumer progress) {
        JqwikSession.run(() -> runRounds(nanos, progress)); // it draws nothing outside of one
        return failure.get();
    }

    private void runRounds(long nanos, LongConsumer progress) {
        RandomGenerator<Conv2dCase> cases = CaseMix.of(dtypes).generator(GENERATOR_SIZE);
        long start = System.nanoTime();
        try (Workers pool = Workers.threads(3)) {
            do {
                round(cases.next(random).value(), pool);
                JqwikSession.finishTry(); // forget what was kept for it
                progress.accept(Math.min(System.nanoTime() - start, nanos));
            } while (failure.get() == null && System.nanoTime() - start < nanos);
        }
    }

    private void round(Conv2dCase c, Workers pool) {
        rounds++;
        Conv2dPlan plan = plan(c, workers(pool));
        List<Tensor> x = List.of(c.x(), c.x(1));
        List<Tensor> expected = List.of(c.expected(), c.expected(1));
        Phaser together = new Phaser(threads);
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t;
            started.add(Thread.ofPlatform().daemon().start(() -> {
                together.arriveAndAwaitAdvance();
                for (int i = 0; i < RUNS && failure.get() == null; i++) {
                    int which = (first + i) % x.size();
                    runOnce(c, plan, x.get(which), expected.get(which));
                }
            }));
        }
        for (Thread thread : started) {
            join(thread);
        }
    }

    private void runOnce(Conv2dCase c, Conv2dPlan plan, Tensor x, Tensor expected) {
        try {
            Tensor y = c.y();
            plan.run(x, y);
            Equality.assertSameBits(expected, y, plan::describe);
            runs.incrementAndGet();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, Counterexample.of("manyThreadsAtOnce", e).with(c));
        }
        Thread.interrupted(); // by one of the executors
    }

    /** With weight and bias overwritten since. */
    private Conv2dPlan plan(Conv2dCase c, Workers workers) {
        Tensor weight = c.weight();
        Tensor bias = c.bias();
        List<String> algorithms = provider.algorithms();
        String algorithm = random.nextBoolean() ? null : algorithms.get(random.nextInt(algorithms.size()));
        Conv2dOptions options = Conv2dOptions.DEFAULT.withWorkers(workers);
        Conv2dPlan plan;
        try {
            plan = provider.plan(c.shape(), weight, bias, options.withAlgorithm(algorithm));
        } catch (IllegalArgumentException e) { // the algorithm refuses this one
            plan = provider.plan(c.shape(), weight, bias, options);
        }
        overwrite(weight);
        if (bias != null) {
            overwrite(bias);
        }
        return plan;
    }

    private Workers workers(Workers pool) {
        return switch (random.nextInt(5)) {
            case 0 -> Workers.sequential();
            case 1 -> Workers.on(this::refuse, 3);
            case 2 -> Workers.on(this::refuseNowAndThen, 3);
            case 3 -> Workers.on(Stress::interruptCaller, 3);
            default -> pool;
        };
    }

    private void refuse(Runnable task) {
        throw new RejectedExecutionException("full");
    }

    private void refuseNowAndThen(Runnable task) {
        switch (asked.incrementAndGet() % 4) {
            case 0 -> throw new RejectedExecutionException("full");
            case 1 -> throw new OutOfMemoryError("unable to create native thread");
            default -> Thread.ofPlatform().daemon().start(task);
        }
    }

    private static void interruptCaller(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
        Thread.currentThread().interrupt();
    }

    private static void overwrite(Tensor tensor) {
        for (int i = 0; i < tensor.storage().length(); i++) {
            tensor.storage().setDouble(i, RUBBISH);
        }
        tensor.markModified();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many convolutions were drawn. */
    public long rounds() {
        return rounds;
    }

    /** How many runs gave the right bits. */
    public long runs() {
        return runs.get();
    }
}
