package dev.lanewise.core.testkit;

import static dev.lanewise.core.testkit.Plans.WORKERS;
import static dev.lanewise.core.testkit.Plans.about;
import static dev.lanewise.core.testkit.Plans.check;
import static dev.lanewise.core.testkit.Plans.run;

import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Threads and executors of every kind change nothing. */
record Concurrency(Plans plans) {
    /** How many threads run a plan beside the one that asserts. */
    private static final int OTHERS = 3;

    void threads(Conv2dCase c) {
        Tensor x = c.x();
        Tensor alone = run(plans.make(c, Workers.sequential()), x);
        for (Workers workers : WORKERS) {
            Conv2dPlan plan = plans.make(c, workers);
            Equality.assertSameBits(alone, run(plan, x),
                    () -> workers.parallelism() + " threads against one: " + about(plan));
        }
    }

    void executors(Conv2dCase c) {
        Tensor x = c.x();
        Tensor expected = run(plans.make(c, Workers.sequential()), x);
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
            Conv2dPlan plan = plans.make(c, Workers.on(executor, 3));
            Tensor y = run(plan, x);
            boolean interrupted = Thread.interrupted();
            Equality.assertSameBits(expected, y, () -> "an executor that " + what + ": " + about(plan));
            check(interrupted == asked.get(), "the interrupt was swallowed by " + about(plan));
        });
    }

    void callers(Conv2dCase c) throws InterruptedException {
        Conv2dPlan plan = plans.make(c, c.seed() % 2 == 0 ? Workers.sequential() : WORKERS.get(0));
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
}
