package dev.lanewise.core.parallel;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/**
 * A queue whose takers look out for a while before they park. Waking a parked thread takes some 50 microseconds, as long as a small layer;
 * and the call after this one is mostly near.
 */
final class PatientQueue extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;
    /** How long a taker looks out, in nanoseconds. */
    private static final long PATIENCE = 200_000;
    /** Looks from one reading of the clock to the next. */
    private static final int LOOKS = 64;

    private final transient LongSupplier clock;

    PatientQueue() {
        this(System::nanoTime);
    }

    /** With this clock, in nanoseconds. */
    PatientQueue(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public Runnable take() throws InterruptedException {
        long start = clock.getAsLong();
        do {
            for (int i = 0; i < LOOKS; i++) {
                if (!isEmpty()) {
                    Runnable task = poll();
                    if (task != null) {
                        return task;
                    }
                }
                Thread.onSpinWait();
            }
        } while (clock.getAsLong() - start < PATIENCE && !Thread.currentThread().isInterrupted());
        return super.take();
    }
}
