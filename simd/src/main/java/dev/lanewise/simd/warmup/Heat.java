package dev.lanewise.simd.warmup;

import dev.lanewise.simd.environment.WarmupMode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the vector code for one kind of problem is hot: compiled by C2, without which each vector is an object and plain loops are
 * some hundred times faster. Once hot it stays so.
 *
 * <p>Whoever has a problem of the kind asks {@link #isHot}. If it is not, plain loops compute, with the same bits, and {@link #ranPlain} is told. From then
 * on {@link Rehearsal}s make the code hot, on a thread of their own or in a share of the callers' time.
 */
public final class Heat {
    private static final WarmupMode MODE = WarmupMode.chosen();
    private static final Heat PRESUMED = new Heat(MODE, null, MODE != WarmupMode.PLAIN);
    /** So often the vector code has to have been as fast as the plain loops: C2 waits for 600 calls, and some code runs but once in a rehearsal ... */
    private static final int PROOFS = 600;
    /** ... or for so many nanoseconds in all. */
    private static final long PROVEN = 30_000_000;
    /** The plain loops are timed so often, and the best counts. */
    private static final int TRIALS = 3;
    /** Code that has not become faster than plain loops after so many nanoseconds will not be by further rehearsals. */
    private static final long PATIENCE = 5_000_000_000L;
    /** Callers without a thread for it give the n-th part of their time. */
    private static final int SHARE = 10;

    private final WarmupMode mode;
    private volatile boolean hot;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    /** Makes the rehearsals, which take memory, when the first one is due; null once there is nothing to rehearse. */
    private @Nullable Supplier<List<Rehearsal>> script;
    private final Queue<Rehearsal> left = new ArrayDeque<>();
    private long plainNanos;
    private int proofs;
    private long proven;
    private long spent;
    private long credit;

    private Heat(WarmupMode mode, @Nullable Supplier<List<Rehearsal>> script, boolean hot) {
        this.mode = mode;
        this.script = script;
        this.hot = hot;
    }

    /**
     * The heat of a kind of problem.
     *
     * @param script the rehearsals that make it hot, cheap ones first
     */
    public static Heat of(Supplier<List<Rehearsal>> script) {
        return of(MODE, script);
    }

    static Heat of(WarmupMode mode, Supplier<List<Rehearsal>> script) {
        return switch (mode) {
            case DAEMON, OFF -> new Heat(mode, script, false);
            case VECTOR -> new Heat(mode, null, true);
            case PLAIN -> new Heat(mode, null, false);
        };
    }

    /** The heat of what is not rehearsed because it is one kind too many to remember: hot, unless plain loops are to compute for good. */
    public static Heat presumed() {
        return PRESUMED;
    }

    /** Whether the vector code is at least as fast as the plain loops. */
    public boolean isHot() {
        return hot;
    }

    /**
     * Sees to it that the vector code becomes hot. To be called after each run of the plain loops.
     *
     * @param nanos how long they took
     */
    public void ranPlain(long nanos) {
        switch (mode) {
            case DAEMON -> {
                if (!asked.get() && asked.compareAndSet(false, true)) {
                    WarmupThread.rehearse(this);
                }
            }
            case OFF -> rehearseFor(nanos / SHARE);
            case VECTOR, PLAIN -> {
                // as it is, for good
            }
        }
    }

    private void rehearseFor(long nanos) {
        if (!lock.tryLock()) { // another caller does
            return;
        }
        try {
            credit += nanos;
            while (credit > 0 && !hot) {
                credit -= step();
            }
        } finally {
            lock.unlock();
        }
    }

    /** One rehearsal, by one thread at a time; returns how long it took, in nanoseconds. */
    long step() {
        long start = System.nanoTime();
        try {
            rehearse();
        } catch (RuntimeException | OutOfMemoryError e) {
            left.clear(); // no memory for dummies: the real operands will have to do
        }
        long took = System.nanoTime() - start;
        spent += took;
        if (left.isEmpty() || spent > PATIENCE) {
            left.clear();
            script = null;
            hot = true;
        }
        return took;
    }

    private void rehearse() {
        if (script != null) {
            left.addAll(script.get());
            script = null;
        }
        Rehearsal rehearsal = left.element();
        if (plainNanos == 0) {
            plainNanos = Long.MAX_VALUE;
            for (int i = 0; i < TRIALS; i++) {
                plainNanos = Math.min(plainNanos, nanos(rehearsal::plain));
            }
        }
        long took = nanos(rehearsal::vector);
        if (took <= plainNanos) {
            proofs++;
            proven += took;
        }
        if (proofs >= PROOFS || (proofs >= TRIALS && proven > PROVEN)) {
            left.remove();
            plainNanos = 0;
            proofs = 0;
            proven = 0;
        }
    }

    private static long nanos(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return System.nanoTime() - start;
    }
}
