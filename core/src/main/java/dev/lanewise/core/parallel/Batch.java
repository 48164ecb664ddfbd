package dev.lanewise.core.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One call of {@link Workers#run}: each worker begins with a share of the tasks that is its own, so that what they read and wrote in the call before is still in its cache, and then helps the
 * others; the caller closes the door and waits for those inside.
 */
final class Batch implements Runnable {
    /** Set in {@link #door} when no helper may enter any more. */
    private static final int CLOSED = 1 << 30;
    /** A helper's last task is mostly shorter than waking a parked thread takes (some 50 microseconds). */
    private static final int SPINS = 10_000;
    /** Longs of a cache line, of which each counter has one to itself ... */
    private static final int LINE = 64 / Long.BYTES;
    /** ... unless so many shares want one that all of them would take more than this. */
    private static final int MOST_LONGS = 64;

    private final int tasks;
    private final Workers.Task task;
    private final Thread caller;
    private final int shares;
    private final int spacing;
    /** The next task of each share. Workers may count on beyond the last one, so an int could overflow. */
    private final AtomicLongArray next;
    private final AtomicInteger helpers = new AtomicInteger();
    /** How many helpers are inside, plus {@link #CLOSED}. */
    private final AtomicInteger door = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Batch(int tasks, int shares, Workers.Task task, Thread caller) {
        this.tasks = tasks;
        this.task = task;
        this.caller = caller;
        this.shares = shares;
        this.spacing = Math.clamp(MOST_LONGS / shares, 1, LINE);
        this.next = new AtomicLongArray(shares * spacing);
        for (int i = 0; i < shares; i++) {
            next.setPlain(i * spacing, begin(i));
        }
    }

    /** The first task of a share. */
    private long begin(int share) {
        return (long) tasks * share / shares;
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
            for (int i = 0; i < shares; i++) {
                share((worker + i) % shares, worker);
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
            for (int i = 0; i < shares; i++) {
                next.set(i * spacing, tasks);
            }
        }
    }

    /** What is left of a share. */
    private void share(int share, int worker) {
        int at = share * spacing;
        long end = begin(share + 1);
        while (next.get(at) < end) {
            long i = next.getAndIncrement(at);
            if (i < end) {
                task.run((int) i, worker);
            }
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
