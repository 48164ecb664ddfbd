package dev.lanewise.core.parallel;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that one call may use: the caller's own and, beside it, tasks given to an {@link Executor}.
 *
 * <p>The calling thread always computes too and never waits for work that has not begun, so an executor that rejects tasks,
 * or never gets to them, costs speed and nothing else.
 */
public final class Workers implements AutoCloseable {
    private static final Workers SEQUENTIAL = new Workers(Runnable::run, 1, null);

    private final Executor executor;
    private final int parallelism;
    private final @Nullable ExecutorService owned;

    private Workers(Executor executor, int parallelism, @Nullable ExecutorService owned) {
        this.executor = executor;
        this.parallelism = parallelism;
        this.owned = owned;
    }

    /** The calling thread alone. */
    public static Workers sequential() {
        return SEQUENTIAL;
    }

    /**
     * The calling thread and up to {@code parallelism - 1} tasks on the caller's executor.
     *
     * @throws IllegalArgumentException if parallelism is below 1
     */
    public static Workers on(Executor executor, int parallelism) {
        return new Workers(executor, checked(parallelism), null);
    }

    /**
     * The calling thread and {@code threads - 1} daemon threads of a pool that {@link #close} ends. After a call these look out for the next
     * one for a fifth of a millisecond before they sleep.
     *
     * @throws IllegalArgumentException if threads is below 1
     */
    public static Workers threads(int threads) {
        if (checked(threads) == 1) {
            return SEQUENTIAL;
        }
        ThreadFactory factory = Thread.ofPlatform().daemon().name("lanewise-", 1).factory();
        ExecutorService pool = new ThreadPoolExecutor(threads - 1, threads - 1, 0, TimeUnit.SECONDS, new PatientQueue(),
                factory);
        return new Workers(pool, threads, pool);
    }

    private static int checked(int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, but got " + parallelism);
        }
        return parallelism;
    }

    /** The most threads that compute at the same time, the calling one included. */
    public int parallelism() {
        return parallelism;
    }

    /**
     * Runs tasks 0 to {@code tasks - 1}, each once, and returns when all have ended.
     *
     * <p>If one throws, no further ones are begun, those under way are waited for, and the exception is thrown here. If the executor
     * throws an {@link Error} when it is given one, other than for want of memory or threads, all tasks end before that is thrown here.
     */
    public void run(int tasks, Task task) {
        int helpers = Math.min(parallelism, tasks) - 1;
        if (helpers <= 0) {
            for (int i = 0; i < tasks; i++) {
                task.run(i, 0);
            }
            return;
        }
        Batch batch = new Batch(tasks, helpers + 1, task, Thread.currentThread());
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(batch);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // rejected, or no thread to be had: the calling thread computes what nobody else takes
        } catch (Error e) {
            batch.runAsCaller(); // those taken on before are at work; nobody writes behind the caller's back
            throw e;
        }
        batch.runAsCaller();
    }

    /** Ends the pool of {@link #threads}; a caller's own executor is left alone. */
    @Override
    public void close() {
        if (owned != null) {
            owned.shutdown();
        }
    }

    /** One numbered piece of work. */
    @FunctionalInterface
    public interface Task {
        /**
         * Runs a piece.
         *
         * @param index which piece, from 0
         * @param worker who runs it: no two threads that run at the same time have the same number, and all are below the parallelism
         */
        void run(int index, int worker);
    }
}
