package dev.lanewise.core.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
    // ---- tasks and workers ----

    @ParameterizedTest
    @CsvSource({"1,0", "1,5", "4,0", "4,1", "4,3", "4,4", "4,1000", "3,100000"})
    void everyTaskRunsOnce(int threads, int tasks) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        try (Workers workers = Workers.threads(threads)) {
            workers.run(tasks, (index, worker) -> runs.incrementAndGet(index));
        }

        for (int i = 0; i < tasks; i++) {
            assertEquals(1, runs.get(i), "task " + i);
        }
    }

    /** What a worker wrote in the call before is in its cache. */
    @Test
    void eachWorkerBeginsWithItsOwnShare() {
        CyclicBarrier bothInside = new CyclicBarrier(2);
        AtomicIntegerArray firstOf = new AtomicIntegerArray(new int[] {-1, -1});
        try (Workers workers = Workers.threads(2)) {
            workers.run(11, (index, worker) -> {
                if (firstOf.compareAndSet(worker, -1, index)) {
                    await(bothInside);
                }
            });
        }

        assertEquals(0, firstOf.get(0));
        assertEquals(5, firstOf.get(1));
    }

    /** Many short calls, where helpers come late and leave early. */
    @Test
    void noTwoThreadsHaveOneNumberAtATime() {
        AtomicIntegerArray inside = new AtomicIntegerArray(4);
        AtomicInteger shared = new AtomicInteger();
        try (Workers workers = Workers.threads(4)) {
            for (int round = 0; round < 2000; round++) {
                workers.run(round % 17, (index, worker) -> {
                    if (inside.incrementAndGet(worker) != 1) {
                        shared.incrementAndGet();
                    }
                    Thread.onSpinWait();
                    inside.decrementAndGet(worker);
                });
            }
        }

        assertEquals(0, shared.get());
    }

    /** All four compute at the same time: none gets past the barrier alone. */
    @Test
    void allWorkersCompute() {
        CyclicBarrier barrier = new CyclicBarrier(4);
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        try (Workers workers = Workers.threads(4)) {
            workers.run(4, (index, worker) -> {
                numbers.add(worker);
                await(barrier);
            });
        }

        assertEquals(Set.of(0, 1, 2, 3), numbers);
    }

    @Test
    void theCallerIsWorkerZero() {
        Thread caller = Thread.currentThread();
        AtomicInteger wrong = new AtomicInteger();
        try (Workers workers = Workers.threads(2)) {
            workers.run(1000,
                    (index, worker) -> wrong.addAndGet((worker == 0) == (Thread.currentThread() == caller) ? 0 : 1));
        }

        assertEquals(0, wrong.get());
    }

    @Test
    void sequentialIsTheCallerInOrder() {
        List<Integer> order = new ArrayList<>();

        Workers.sequential().run(5, (index, worker) -> order.add(index + 10 * worker));

        assertEquals(List.of(0, 1, 2, 3, 4), order);
        assertEquals(1, Workers.sequential().parallelism());
        assertSame(Workers.sequential(), Workers.threads(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesToComputeWithNobody(int threads) {
        String message = "expected at least 1 thread, but got " + threads;

        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> Workers.threads(threads)).getMessage());
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> Workers.on(Runnable::run, threads)).getMessage());
    }

    // ---- executors ----

    @Test
    void rejectingExecutor() {
        assertRunsAll(runnable -> {
            throw new RejectedExecutionException("full");
        });
    }

    @Test
    void executorThatTakesOneAndRejectsTheNext() {
        AtomicInteger taken = new AtomicInteger();
        assertRunsAll(runnable -> {
            if (taken.getAndIncrement() > 0) {
                throw new RejectedExecutionException("full");
            }
            Thread.ofPlatform().daemon().start(runnable);
        });
    }

    @Test
    void executorWithoutThreads() {
        assertRunsAll(runnable -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
    }

    @Test
    void executorThatNeverRuns() {
        assertRunsAll(runnable -> {
        });
    }

    @Test
    void executorThatRunsInTheCaller() {
        assertRunsAll(Runnable::run);
    }

    /** What comes after the call has ended finds the door closed. */
    @Test
    void executorThatRunsLate() {
        List<Runnable> kept = new ArrayList<>();
        AtomicInteger runs = new AtomicInteger();

        Workers.on(kept::add, 4).run(10, (index, worker) -> runs.incrementAndGet());
        kept.forEach(Runnable::run);
        kept.forEach(late -> join(Thread.ofPlatform().start(late)));

        assertEquals(3, kept.size());
        assertEquals(10, runs.get());
    }

    @Test
    void asksForNoMoreHelpersThanTasks() {
        AtomicInteger asked = new AtomicInteger();
        Workers workers = Workers.on(runnable -> asked.incrementAndGet(), 8);

        workers.run(3, (index, worker) -> {
        });

        assertEquals(2, asked.get());
        assertEquals(8, workers.parallelism());
    }

    /** A broken executor: what it throws comes out, but only when the tasks of those who were taken on before have ended. */
    @Test
    void executorThatTakesOneAndThenFails() {
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch helperInside = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Thread caller = Thread.currentThread();
        LinkageError thrown = new LinkageError("no such class");

        assertSame(thrown, assertThrows(LinkageError.class, () -> Workers.on(runnable -> {
            if (taken.getAndIncrement() > 0) {
                await(helperInside);
                throw thrown;
            }
            Thread.ofPlatform().daemon().start(runnable);
        }, 4).run(10, (index, worker) -> {
            if (Thread.currentThread() != caller) {
                helperInside.countDown();
                pause();
            }
            ended.incrementAndGet();
        })));

        assertEquals(10, ended.get());
    }

    private static void assertRunsAll(Executor executor) {
        AtomicIntegerArray runs = new AtomicIntegerArray(100);

        Workers.on(executor, 4).run(100, (index, worker) -> runs.incrementAndGet(index));

        for (int i = 0; i < 100; i++) {
            assertEquals(1, runs.get(i), "task " + i);
        }
    }

    /** A caller that waits for long sleeps, and is woken by the last helper. */
    @Test
    void theCallerParksUntilTheLastHelperLeaves() {
        Thread caller = Thread.currentThread();
        AtomicBoolean helperInside = new AtomicBoolean();
        AtomicBoolean callerDone = new AtomicBoolean();
        AtomicInteger ended = new AtomicInteger();
        try (Workers workers = Workers.threads(2)) {
            workers.run(2, (index, worker) -> {
                if (Thread.currentThread() == caller) {
                    while (!helperInside.get()) {
                        Thread.onSpinWait(); // awake
                    }
                    callerDone.set(true);
                } else {
                    helperInside.set(true);
                    while (!callerDone.get() || caller.getState() != Thread.State.WAITING) {
                        pause();
                    }
                }
                ended.incrementAndGet();
            });
        }

        assertEquals(2, ended.get());
    }

    // ---- exceptions ----

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void throwsWhatATaskThrew(int threads) {
        IllegalStateException thrown = new IllegalStateException("task 3");
        AtomicInteger begun = new AtomicInteger();
        try (Workers workers = Workers.threads(threads)) {
            assertSame(thrown,
                    assertThrows(IllegalStateException.class, () -> workers.run(1_000_000, (index, worker) -> {
                        begun.incrementAndGet();
                        if (index == 3) {
                            throw thrown;
                        }
                    })));
        }

        assertTrue(begun.get() < 1_000_000, "every task was begun");
    }

    @Test
    void throwsErrorsToo() {
        AssertionError thrown = new AssertionError("task 0");
        try (Workers workers = Workers.threads(2)) {
            assertSame(thrown, assertThrows(AssertionError.class, () -> workers.run(2, (index, worker) -> {
                throw thrown;
            })));
        }
    }

    /** A language without checked exceptions can throw them from anywhere. */
    @Test
    void throwsCheckedExceptionsToo() {
        Exception thrown = new Exception("sneaky");
        try (Workers workers = Workers.threads(2)) {
            assertSame(thrown, assertThrows(Exception.class, () -> workers.run(2, (index, worker) -> sneak(thrown))));
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** The helper throws while the caller is busy: the caller begins no other task. The caller throws: it waits for the helper. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beginsNothingAfterAFailureAndWaitsForTheRest(boolean callerThrows) {
        Thread caller = Thread.currentThread();
        CyclicBarrier bothInside = new CyclicBarrier(2);
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        try (Workers workers = Workers.threads(2)) {
            assertThrows(IllegalStateException.class, () -> workers.run(Integer.MAX_VALUE, (index, worker) -> {
                begun.incrementAndGet();
                await(bothInside);
                if ((Thread.currentThread() == caller) == callerThrows) {
                    failed.countDown();
                    throw new IllegalStateException("first");
                }
                await(failed);
                pause();
                ended.incrementAndGet();
            }));
            assertEquals(1, ended.get());
        }

        assertEquals(2, begun.get());
    }

    /** The workers that leave after a failure count on beyond the number of tasks. */
    @Test
    void theLargestNumberOfTasksDoesNotOverflow() {
        CyclicBarrier allInside = new CyclicBarrier(4);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        try (Workers workers = Workers.threads(4)) {
            assertThrows(IllegalStateException.class, () -> workers.run(Integer.MAX_VALUE, (index, worker) -> {
                if (index < 0 || begun.incrementAndGet() > 4) {
                    others.incrementAndGet();
                    throw new IllegalStateException("task " + index);
                }
                await(allInside);
                if (index == 0) {
                    throw new IllegalStateException("first");
                }
                pause();
            }));
        }

        assertEquals(0, others.get());
    }

    // ---- interrupts ----

    @Test
    void anInterruptedCallerWaitsAndStaysInterrupted() {
        CountDownLatch helperInside = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Thread caller = Thread.currentThread();
        boolean interrupted;
        try (Workers workers = Workers.threads(2)) {
            workers.run(2, (index, worker) -> {
                if (Thread.currentThread() == caller) {
                    await(helperInside);
                } else {
                    helperInside.countDown();
                    pause(); // the caller is done with its task and waits
                    caller.interrupt();
                    pause();
                }
                ended.incrementAndGet();
            });
        } finally {
            interrupted = Thread.interrupted();
        }

        assertTrue(interrupted);
        assertEquals(2, ended.get());
    }

    @Test
    void aCallerThatComesInterruptedComputes() {
        AtomicInteger runs = new AtomicInteger();
        boolean interrupted;
        Thread.currentThread().interrupt();
        try (Workers workers = Workers.threads(4)) {
            workers.run(1000, (index, worker) -> runs.incrementAndGet());
        } finally {
            interrupted = Thread.interrupted();
        }

        assertTrue(interrupted);
        assertEquals(1000, runs.get());
    }

    // ---- nesting and ending ----

    /** All threads of the pool are in outer tasks while the inner ones ask for them. */
    @Test
    void tasksMayRunTasks() {
        AtomicInteger runs = new AtomicInteger();
        try (Workers workers = Workers.threads(3)) {
            workers.run(10, (outer, outerWorker) -> workers.run(10, (inner, innerWorker) -> {
                assertTrue(innerWorker < 3);
                runs.incrementAndGet();
            }));
        }

        assertEquals(100, runs.get());
    }

    @Test
    void manyThreadsMayShareWorkers() {
        AtomicInteger runs = new AtomicInteger();
        try (Workers workers = Workers.threads(3)) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int round = 0; round < 200; round++) {
                        workers.run(5, (index, worker) -> runs.incrementAndGet());
                    }
                }));
            }
            callers.forEach(WorkersTest::join);
        }

        assertEquals(8 * 200 * 5, runs.get());
    }

    @Test
    void aClosedPoolOnlyCostsSpeed() {
        Workers workers = Workers.threads(4);
        workers.close();
        AtomicInteger runs = new AtomicInteger();

        workers.run(100, (index, worker) -> runs.incrementAndGet());

        assertEquals(100, runs.get());
    }

    @Test
    void threadsAreDaemons() {
        AtomicInteger others = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(2);
        Thread caller = Thread.currentThread();
        try (Workers workers = Workers.threads(2)) {
            workers.run(2, (index, worker) -> {
                await(barrier);
                others.addAndGet(Thread.currentThread() == caller || Thread.currentThread().isDaemon() ? 0 : 1);
            });
        }

        assertEquals(0, others.get());
        assertFalse(caller.isInterrupted());
    }

    /** A pool has one thread less than it was asked for, as the caller computes too, and ends them when it is closed. */
    @Test
    void aPoolHasItsThreadsUntilItIsClosed() throws InterruptedException {
        Thread caller = Thread.currentThread();
        Set<Thread> helpers = ConcurrentHashMap.newKeySet();
        try (Workers workers = Workers.threads(2)) {
            for (int round = 0; round < 5; round++) { // a pool starts its threads one by one
                CyclicBarrier barrier = new CyclicBarrier(2);
                workers.run(2, (index, worker) -> {
                    await(barrier);
                    helpers.add(Thread.currentThread());
                });
            }
        }
        helpers.remove(caller);

        assertEquals(1, helpers.size());
        Thread helper = helpers.iterator().next();
        helper.join(30_000);
        assertFalse(helper.isAlive());
    }

    // ---- helpers ----

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Long enough for another thread to do the wrong thing, if it would. */
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
