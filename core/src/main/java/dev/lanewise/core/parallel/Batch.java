package dev.lanewise.core.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** One call of {@link Workers#run}: whoever comes takes the next task; the caller closes the door and waits for those inside. */
final class Batch implements Runnable {
    /** Set in {@link #door} when no helper may enter any more. */
    private static final int CLOSED = 1 << 30;
    /** A helper's last task is mostly shorter than waking a parked thread takes (some 50 microseconds). */
    private static final int SPINS = 10_000;

    private final int tasks;
    private final Workers.Task task;
    private final Thread caller;
    /** Each worker counts on once more when it leaves, so an int could overflow. */
    private final AtomicLong next = new AtomicLong();
    private final AtomicInteger helpers = new AtomicInteger();
    /** How many helpers are inside, plus {@link #CLOSED}. */
    private final AtomicInteger door = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Batch(int tasks, Workers.Task task, Thread caller) {
        this.tasks = tasks;
        this.task = task;
        this.caller = caller;
    }

    /** A helper's way in: late ones find the door closed and leave at once. */
    @Override
    public void run() {
        if (door.incrementAndGet() < CLOSED) {
            if (Thread.currentThread() != caller) { // an executor may run its task in the caller, which comes anyway
                work(helpers.incrementAndGet());
            }
        }
        if (door.decrementAndGet() == CLOSED) {
            LockSupport.unpark(caller);
        }
    }

    void runAsCaller() {
        work(0);
        door.addAndGet(CLOSED);
        boolean interrupted = false;
        for (int spins = 0; door.get() != CLOSED; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // the tiles under way are written whatever happens; wait for them
            }
        }
        if (interrupted) {
            caller.interrupt();
        }
        rethrow();
    }

    private void work(int worker) {
        try {
            for (long i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.run((int) i, worker);
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
            next.set(tasks);
        }
    }

    private void rethrow() {
        Throwable t = failure.get();
        if (t != null) {
            throw Batch.<RuntimeException>unchecked(t);
        }
    }

    /** Throws what was caught as it is: Kotlin, for one, throws checked exceptions from anywhere. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable t) throws T {
        throw (T) t;
    }
}
